/** What keeping history has to say, for operators. */
import type { Log } from '../observability/log.js';
import type { HistoryNews } from './recorder.js';

export function tellHistory(log: Log, news: HistoryNews): void {
  switch (news.kind) {
    case 'delayed': {
      const { trouble, message: detail } = news.error;
      log.warn({ trouble, detail }, 'what was observed could not be written; it is kept, and written later');
      return;
    }
    case 'recovered':
      log.info({}, 'what is observed is written again');
      return;
    case 'overrun':
      log.error(
        { looks: news.looks },
        'more was observed than could be written; history lacks some of it, though not how it ended',
      );
      return;
    case 'refused': {
      const { organization, kind } = news.look;
      log.error({ organization, kind, detail: news.detail }, 'an observation cannot be kept');
      return;
    }
  }
}
