/**
 * Entry of the explorer page.
 *
 * Guarantees: workers are in place before the editor asks for one, and styles come with the page's own files. Refuses
 * to start without its element, which would mean a page of another build.
 */
import 'graphiql/style.css';
import '@graphiql/plugin-explorer/style.css';
import './style.css';
import './workers.js';
import { createRoot } from 'react-dom/client';
import { loadExamples } from './examples.js';
import { Explorer } from './explorer.js';

const place = document.getElementById('explorer');
if (!place) throw new Error('the page has no place for the explorer');

const examples = await loadExamples(`${import.meta.env.BASE_URL}examples.json`);
createRoot(place).render(<Explorer examples={examples} />);
