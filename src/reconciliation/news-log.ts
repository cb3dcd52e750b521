/** What the memory of differences has to say, for operators. */
import type { Log } from '../observability/log.js';
import type { ReconciliationNews } from './recorder.js';

export function tellReconciliation(log: Log, news: ReconciliationNews): void {
  switch (news.kind) {
    case 'delayed': {
      const { trouble, message: detail } = news.error;
      log.warn(
        { trouble, detail },
        'differences could not be written down; they are kept, and written later',
      );
      return;
    }
    case 'recovered':
      log.info({}, 'differences are written down again');
      return;
    case 'dropped': {
      const { trouble, message: detail } = news.error;
      log.error({ looks: news.looks, trouble, detail }, 'the store does not take some differences');
      return;
    }
  }
}
