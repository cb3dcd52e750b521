/** What the accounting has to say, for operators. */
import type { Log } from '../observability/log.js';
import type { AccountingNews } from './accounting.js';

export function tellAccounting(log: Log, news: AccountingNews): void {
  switch (news.kind) {
    case 'delayed': {
      const { trouble, message: detail } = news.error;
      log.warn({ trouble, detail }, 'usage could not be written; it is kept, and written later');
      return;
    }
    case 'recovered':
      log.info({}, 'usage is written again');
      return;
    case 'dropped': {
      const { trouble, message: detail } = news.error;
      log.error({ rows: news.rows, trouble, detail }, 'the store does not take some usage; it is lost');
      return;
    }
  }
}
