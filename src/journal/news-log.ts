/** What the journal has to say, for operators. */
import type { Log } from '../observability/log.js';
import type { JournalNews } from './journal.js';

export function tellJournal(log: Log, news: JournalNews): void {
  switch (news.kind) {
    case 'store-trouble':
      log.error(
        { trouble: news.trouble, detail: news.message },
        'the journal does not work: changes are refused until it does',
      );
      return;
    case 'store-works-again':
      log.warn({}, 'the journal works again');
      return;
    case 'state':
      log.info(
        { operationId: news.operationId, state: news.state, kind: news.kindOfChange },
        'an operation changed its state',
      );
      return;
    case 'trouble':
      log.error({ operationId: news.operationId, detail: news.detail }, `an operation ${news.what}`);
      return;
    case 'failed-round':
      log.error({ err: news.error }, 'looking after open operations failed; it goes on');
  }
}
