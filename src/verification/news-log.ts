/** What the verifier has to say, for operators. */
import type { Log } from '../observability/log.js';
import type { VerificationNews } from './verifier.js';

export function tellVerifier(log: Log, news: VerificationNews): void {
  switch (news.kind) {
    case 'settled': {
      const { kind: _, ...facts } = news;
      const isFine = news.state === 'VERIFIED';
      log[isFine ? 'info' : 'warn'](
        facts,
        isFine ? 'a change was verified' : 'a change could not be verified',
      );
      return;
    }
    case 'delayed': {
      const { trouble, message: detail } = news.error;
      log.warn({ trouble, detail }, 'verifications of changes wait: the store does not work');
      return;
    }
    case 'recovered':
      log.info({}, 'verifications of changes go on');
      return;
    case 'failed-look':
      log.error({ verificationId: news.verificationId, err: news.error }, 'a look at billing failed');
      return;
  }
}
