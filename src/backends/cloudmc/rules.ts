/**
 * What CloudMC refuses, as far as it can be known before asking (seed 003, `backends.md` §5.5).
 *
 * Guarantees: every rule is tried, and all that is wrong is told at once, where it stands in the input. Refuses to judge
 * what hangs on billing cycles, invoices and the catalogue: the page gives no way to read those, and `forecast.ts` says so.
 */
import { addToDay, type Day } from '../../domain/calendar.js';
import type { CommittedProductInput, ResourceCommitmentFields } from '../../domain/change.js';
import { parseDecimal, type Decimal } from '../../domain/money.js';
import type { Problem, ProblemCode } from '../../domain/operation.js';
import { isProductId } from './client.js';
import { daysOf, differences, type Facts, type Terms } from './facts.js';

// The vendor's numbers are doubles: those keep fifteen digits whatever they are, and change later ones.
const MOST_DIGITS = 15;
const LONGEST_NAME = 255;

const problem = (path: readonly string[], code: ProblemCode, message: string): Problem => ({
  path,
  code,
  message,
});

/** Of a creation. */
export function problemsOfCreation(fields: ResourceCommitmentFields, wanted: Terms): readonly Problem[] {
  const problems: Problem[] = [];
  if (fields.pricingMethod === undefined) {
    problems.push(
      problem(['pricingMethod'], 'REQUIRED', 'Say how it is priced: FIXED_PRICE or UTILITY_DISCOUNT.'),
    );
  }
  if (fields.products === undefined) {
    problems.push(problem(['products'], 'REQUIRED', 'Name the products that are committed to.'));
  }
  return [...problems, ...problemsOfFields(fields, wanted, true)];
}

/** Of an update. `wanted`: the commitment with the fields laid over it. */
export function problemsOfUpdate(
  fields: ResourceCommitmentFields,
  before: Facts,
  wanted: Terms,
): readonly Problem[] {
  const problems: Problem[] = [];
  if (before.isTerminated) {
    problems.push(
      problem(
        ['commitmentId'],
        'STATE_NOT_ALLOWED',
        'The commitment is terminated and can no longer be changed.',
      ),
    );
  }
  const isEmpty = Object.values(fields).every((value) => value === undefined);
  if (isEmpty) problems.push(problem([], 'REQUIRED', 'Name at least one attribute to change.'));
  problems.push(...problemsOfFields(fields, wanted, wanted.pricingMethod !== before.pricingMethod));
  if (!isEmpty && problems.length === 0 && differences(wanted, before).length === 0) {
    problems.push(problem([], 'NOT_CHANGED', 'The commitment is like this already.'));
  }
  return problems;
}

/** Of a termination. `today`: the day in UTC. */
export function problemsOfTermination(endsBefore: Day, before: Facts, today: Day): readonly Problem[] {
  const problems: Problem[] = [];
  const term = daysOf(before);
  const state = (message: string) => problems.push(problem(['commitmentId'], 'STATE_NOT_ALLOWED', message));
  const date = (message: string) => problems.push(problem(['endsBefore'], 'DATE_NOT_ALLOWED', message));
  if (before.isTerminated) state('The commitment is terminated already.');
  else if (term.endsBefore !== null && term.endsBefore <= today) {
    state(`The commitment has expired: it ended before ${term.endsBefore}.`);
  } else if (term.startsOn !== null && term.startsOn > today) {
    // Terminating is for what spans a closed billing cycle, and what has not begun spans none.
    state(`The commitment has not started: it starts on ${term.startsOn}. Delete it instead.`);
  }
  if (term.startsOn !== null && endsBefore <= term.startsOn) {
    date(`The commitment starts on ${term.startsOn}; it can only end after that.`);
  }
  if (term.endsBefore !== null && endsBefore > term.endsBefore) {
    date(`The commitment ends before ${term.endsBefore} already.`);
  }
  const latest = latestCycleEnd(today);
  if (endsBefore > latest) {
    date(`It has to be the end of the current or the next billing cycle, and so at most ${latest}.`);
  }
  return problems;
}

/**
 * A day that the next billing cycle ends by, whatever day cycles begin on: they last a month (`backends.md` §5.5), and
 * short months can shift them by three days.
 */
function latestCycleEnd(today: Day): Day {
  return addToDay(today, { months: 2, days: 3 });
}

/** `isRepriced`: the pricing method is new, and what it needs has to be there. */
function problemsOfFields(
  fields: ResourceCommitmentFields,
  wanted: Terms,
  isRepriced: boolean,
): readonly Problem[] {
  return [
    ...problemsOfName(fields),
    ...problemsOfPricing(fields, wanted, isRepriced),
    ...problemsOfProducts(fields, wanted.pricingMethod),
    ...problemsOfDates(fields, wanted),
  ];
}

function problemsOfName({ name }: ResourceCommitmentFields): readonly Problem[] {
  if (name === undefined) return [];
  if (name.trim() === '') return [problem(['name'], 'INVALID', 'A name needs something in it.')];
  return name.length > LONGEST_NAME
    ? [problem(['name'], 'INVALID', `A name has at most ${LONGEST_NAME} characters.`)]
    : [];
}

function problemsOfPricing(
  { fixedPrice, taxCode, rateType }: ResourceCommitmentFields,
  wanted: Terms,
  isRepriced: boolean,
): readonly Problem[] {
  const problems: Problem[] = [];
  const only = (name: string, method: string) =>
    problems.push(problem([name], 'NOT_ALLOWED', `Only a commitment priced as ${method} has this.`));
  if (wanted.pricingMethod === 'FIXED_PRICE') {
    if (rateType !== undefined) only('rateType', 'UTILITY_DISCOUNT');
    if (isRepriced && wanted.fixedPrice === null) {
      problems.push(problem(['fixedPrice'], 'REQUIRED', 'A commitment at a fixed price needs that price.'));
    }
  }
  if (wanted.pricingMethod === 'UTILITY_DISCOUNT') {
    if (fixedPrice !== undefined) only('fixedPrice', 'FIXED_PRICE');
    if (taxCode !== undefined) only('taxCode', 'FIXED_PRICE');
    if (isRepriced && wanted.rateType === null) {
      problems.push(
        problem(['rateType'], 'REQUIRED', 'A discount needs a rate type: FIXED_RATE or VARIABLE_RATE.'),
      );
    }
  }
  if (fixedPrice !== undefined) {
    problems.push(
      ...problemsOfNumber(['fixedPrice'], fixedPrice, (price) =>
        price.isNegative() ? 'A price cannot be below zero.' : null,
      ),
    );
  }
  if (taxCode !== undefined && taxCode.code.trim() === '') {
    problems.push(problem(['taxCode', 'code'], 'INVALID', 'A tax code needs something in it.'));
  }
  return problems;
}

function problemsOfProducts(
  { products }: ResourceCommitmentFields,
  pricingMethod: string | null,
): readonly Problem[] {
  if (products === undefined) return [];
  if (products.length === 0) {
    return [problem(['products'], 'REQUIRED', 'A commitment has at least one product.')];
  }
  const seen = new Set<string>();
  return products.flatMap((product, index) => {
    const at = ['products', `${index}`];
    const problems = problemsOfProduct(product, at, pricingMethod);
    const key = product.productId.toLowerCase();
    if (seen.has(key)) {
      problems.push(problem([...at, 'productId'], 'DUPLICATE', 'This product is in the list already.'));
    }
    seen.add(key);
    return problems;
  });
}

function problemsOfProduct(
  { productId, committedQuantity, discountPercent }: CommittedProductInput,
  at: readonly string[],
  pricingMethod: string | null,
): Problem[] {
  const problems: Problem[] = [];
  if (!isProductId(productId)) {
    problems.push(problem([...at, 'productId'], 'INVALID', 'The id of a product is a UUID.'));
  }
  problems.push(
    ...problemsOfNumber([...at, 'committedQuantity'], committedQuantity, (quantity) =>
      quantity.lte(0) ? 'The quantity has to be above zero.' : null,
    ),
  );
  if (discountPercent === null) return problems;
  const path = [...at, 'discountPercent'];
  if (pricingMethod === 'FIXED_PRICE') {
    problems.push(
      problem(path, 'NOT_ALLOWED', 'Only a commitment priced as UTILITY_DISCOUNT has discounts.'),
    );
  }
  problems.push(
    ...problemsOfNumber(path, discountPercent, (percent) =>
      percent.isNegative() || percent.gt(100)
        ? 'A discount is from 0 to 100 percent; 10 is ten percent.'
        : null,
    ),
  );
  return problems;
}

function problemsOfNumber(
  path: readonly string[],
  text: string,
  complaint: (value: Decimal) => string | null,
): readonly Problem[] {
  const value = parseDecimal(text);
  if (value === null) return [problem(path, 'INVALID', 'This is not a number.')];
  const wrong = complaint(value);
  if (wrong !== null) return [problem(path, 'OUT_OF_RANGE', wrong)];
  const digits = text.replace(/[-.]/g, '').replace(/^0+|0+$/g, '').length;
  return digits > MOST_DIGITS
    ? [problem(path, 'OUT_OF_RANGE', `CloudMC keeps ${MOST_DIGITS} digits of a number; this has ${digits}.`)]
    : [];
}

function problemsOfDates(fields: ResourceCommitmentFields, wanted: Terms): readonly Problem[] {
  const { startsOn, endsBefore } = daysOf(wanted);
  if (startsOn === null) {
    return [problem(['startsOn'], 'REQUIRED', 'Say on which day the commitment starts.')];
  }
  const isGiven = fields.startsOn !== undefined || fields.endsBefore !== undefined;
  if (!isGiven || endsBefore === null || startsOn < endsBefore) return [];
  const path = fields.endsBefore === undefined ? ['startsOn'] : ['endsBefore'];
  return [problem(path, 'DATE_NOT_ALLOWED', `It would start on ${startsOn} and end before ${endsBefore}.`)];
}
