/** Queries that a visitor of the explorer finds ready. A test runs each of them and expects an answer without errors. */
import { encodeGlobalId } from '../graph/global-id.js';
import type { ExplorerExample } from '../http/explorer.js';

const CUSTOMER = `# What one customer committed to, in every system.
query CustomerCommitments($slug: String!) {
  organization(slug: $slug) {
    name
    commitments(first: 50) {
      nodes {
        __typename
        source
        name
        status
        term { startsOn endsBefore }
        committed { amount currency }
        committedPer
        products { product { sku } committedQuantity discountPercent }
        periods { order startsOn endsBefore }
        freshness { ageMs }
      }
      coverage { complete missing }
    }
    contracts { nodes { externalId status totalValue { amount currency } } }
    serviceOrders { nodes { name stage monthlyMinimum { amount currency } } }
  }
}
`;

const PORTFOLIO = `# What binds today. Read coverage before adding up.
query ActiveToday($today: Date!) {
  commitments(filter: { activeOn: $today }, first: 100) {
    nodes {
      organization { slug }
      source
      externalId
      term { endsBefore }
      committed { amount currency }
    }
    pageInfo { hasNextPage endCursor }
    coverage { complete missing sources { source organization { slug } state code } }
  }
}
`;

const USAGE = `# Is the customer on the way to the minimum?
query UsageAndBilling($slug: String!, $range: DateRangeInput!) {
  organization(slug: $slug) {
    minimumCommitmentState { syncStatus lastUpdatedAt commitmentHandlerId minimum { amount currency } }
    usage { month used { amount } committed { amount } remaining { amount } lines { name amount { amount } } }
    billingHistory(range: $range) { month invoiced { amount } used { amount } shortfall { amount } statusText }
    contractTerms { renewal { renewsAutomatically noticeDays } clauses { kind text } }
  }
}
`;

const POSITION = `# Where do we stand? Read coverage first: what could not be read is null, and never zero.
query WhereDoWeStand($slug: String!) {
  organization(slug: $slug) {
    position {
      on
      minimum {
        currency
        hasOverlaps
        month { committed { amount } consumed { amount } percent elapsedPercent pace requiredPerDay { amount } }
        agreement {
          externalIds
          position {
            startsOn
            endsBefore
            committed { amount }
            consumed { amount }
            remaining { amount }
            percent
            pace
            forecast { method expected { amount } low { amount } high { amount } }
            shortfall { amount }
            shortfallByMonth { amount }
            gaps { month reason }
          }
        }
      }
      resources { active fixedPrices { total { amount currency } } quantities { product { sku } committedQuantity } }
      contractCommitments
      missing { source reason month externalId }
      coverage { complete missing }
    }
    overlaps {
      pairs
      overlaps { scope { kind name } startsOn endsBefore isConflict first { externalId } second { externalId } }
      holes { scope { kind name } startsOn endsBefore days }
    }
    renewals(first: 10) {
      nodes { kind name lastOn lastNoticeOn atEnd value { amount currency } valuePer }
      coverage { complete missing }
    }
  }
}
`;

const CONTRACT = `# What is on the contract, and what was invoiced.
query Contracts($slug: String!) {
  organization(slug: $slug) {
    contracts {
      nodes {
        externalId
        status
        term { startsOn endsBefore }
        offerings {
          offering { name }
          rate { name }
          billingFrequency
          products { name quantity unitPrice { amount currency } }
        }
        quotes { externalId type status }
        invoices(first: 5) { nodes { invoiceNumber status amount { amount currency } dueOn } totalCount }
      }
    }
  }
}
`;

const SOURCES = `# The systems as the gateway sees them now.
query Sources {
  sources { label isConfigured isReachable lastFailure { code at } requestsPerSecond quotaRemaining callsQueued }
}
`;

const TRY_CHANGE = `# What would happen? Checks everything and sends nothing.
mutation TryQuantityChange($input: ContractQuantityChangeInput!) {
  contractQuantityChange(input: $input) {
    preview {
      request { method path body }
      implications { code message }
      unchecked
    }
    userErrors { code path message }
  }
}
`;

const MAKE_CHANGE = `# A real change, sent at most once: run it twice, and the second answer is a replay of the first.
mutation ChangeQuantity($input: ContractQuantityChangeInput!) {
  contractQuantityChange(input: $input) {
    operation { id state settledAt references { quoteId invoiceId } failure { code message } }
    contract { version totalValue { amount currency } }
    quote { status amount { amount currency } detail { offerings { products { name previousQuantity quantity } } } }
    invoice { invoiceNumber amountDue { amount currency } }
    isReplay
    userErrors { code path message }
  }
}
`;

const FOLLOW_CHANGE = `# What became of it, found by the key that it was asked for with, and what was changed before.
query FollowChange($key: ID!, $slug: String!) {
  contractOperation(idempotencyKey: $key, organization: $slug) {
    kind
    state
    requestedAt
    settledAt
    reason
    request { method path body }
    evidence { before after }
    target { ... on Contract { externalId version } }
  }
  organization(slug: $slug) {
    operations(first: 10) { totalCount nodes { kind state client requestedAt reason } }
  }
}
`;

const CHANGED = `# What is another than it was, as somebody saw it who looked before and after.
query ChangedSince($slug: String!, $since: DateTime!) {
  organization(slug: $slug) {
    changes(since: $since, first: 50) {
      nodes {
        kind
        recordKind
        externalId
        previousSeenAt
        seenAt
        fields { path before after }
        commitment { id name status }
      }
      horizonAt
    }
  }
}
`;

/** A product of a contract whose quantity may be changed to see how that goes. */
export interface ChangeableProduct {
  readonly contractId: string;
  readonly offeringId: string;
  readonly productId: string;
  /** The new one, as an exact decimal. */
  readonly quantity: string;
}

function changeExamples(slug: string, today: string, product: ChangeableProduct): readonly ExplorerExample[] {
  const { contractId, offeringId, productId, quantity } = product;
  const key = 'explorer-example-1';
  const input = {
    idempotencyKey: key,
    contractId: encodeGlobalId({ type: 'Contract', organization: slug, key: contractId }),
    offerings: [{ offeringId, products: [{ productId, quantity }] }],
    reason: 'Trying out the explorer',
  };
  return [
    {
      name: 'Try a change',
      query: TRY_CHANGE,
      variables: variables({ input: { ...input, dryRun: true } }),
    },
    { name: 'Make a change', query: MAKE_CHANGE, variables: variables({ input }) },
    { name: 'Follow a change', query: FOLLOW_CHANGE, variables: variables({ key, slug }) },
    {
      name: 'What changed since …?',
      query: CHANGED,
      variables: variables({ slug, since: `${today}T00:00:00Z` }),
    },
  ];
}

function variables(values: object): string {
  return JSON.stringify(values, null, 2);
}

/**
 * `slug` is a customer of the directory, or stands for one; `today` a day, `YYYY-MM-DD`. `product`: only where a change
 * costs nobody anything.
 */
export function examplesFor(
  slug: string,
  today: string,
  product: ChangeableProduct | null = null,
): readonly ExplorerExample[] {
  const year = Number(today.slice(0, 4));
  return [
    { name: 'One customer', query: CUSTOMER, variables: variables({ slug }) },
    { name: 'Active today', query: PORTFOLIO, variables: variables({ today }) },
    {
      name: 'Usage and billing',
      query: USAGE,
      variables: variables({
        slug,
        range: { startsOn: `${year - 1}-01-01`, endsBefore: `${year + 1}-01-01` },
      }),
    },
    { name: 'Where do we stand?', query: POSITION, variables: variables({ slug }) },
    { name: 'Contracts', query: CONTRACT, variables: variables({ slug }) },
    { name: 'Sources', query: SOURCES },
    ...(product === null ? [] : changeExamples(slug, today, product)),
  ];
}
