/** What JavaScript calls: src/analysis/rules.ts. */
export { pages } from './memory'
export { addRow } from './records'
export { segmentAt } from './segment'
export { count, isReuse, take } from './tcp-rules'
