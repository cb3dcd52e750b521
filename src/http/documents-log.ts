/**
 * What happens to documents, told to the log. Texts are not: they may have customers' data in them.
 *
 * Guarantees: each text that is not registered is told once, and later again only after a thousand others.
 */
import { LRUCache } from 'lru-cache';
import type { DocumentNews } from '../admission/documents/registry.js';
import type { Log } from '../observability/log.js';
import type { DocumentUse } from './documents.js';

const MOST_REMEMBERED = 1_000;

export function tellNews(log: Log, news: DocumentNews): void {
  switch (news.kind) {
    case 'loaded':
      log.info({ clients: news.clients, documents: news.documents }, 'documents were loaded');
      return;
    case 'refused':
      for (const { file, operation, line, message } of news.problems.slice(0, 20)) {
        log.error(
          { file, operation, line, problem: message },
          'documents cannot be used; the earlier ones stay',
        );
      }
      return;
    case 'switched-off': {
      const { client, version, id, name } = news.document;
      const [flaw] = news.flaws;
      log.warn(
        { client, version, id, operation: name, line: flaw?.line, problem: flaw?.message },
        'a registered document does not fit the schema, and is switched off',
      );
      return;
    }
  }
}

/** Under `log`: which texts are not registered. */
export function createUseLog(log: Log): (use: DocumentUse) => void {
  const told = new LRUCache<string, true>({ max: MOST_REMEMBERED });
  return ({ kind, mode, client, hash, operation, requestId }) => {
    if (kind !== 'unregistered' || mode !== 'log') return;
    const key = `${client}\n${hash}`;
    if (told.has(key)) return;
    told.set(key, true);
    log.info({ requestId, client, sha256: hash, operation }, 'a document that is not registered was run');
  };
}
