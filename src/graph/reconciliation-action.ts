/** What to do about a difference, with everything that is needed to do it. */
import type { Instant } from '../domain/calendar.js';
import { idOf } from '../domain/reconciliation/memory.js';
import type { Action, Finding } from '../domain/reconciliation/types.js';
import { SOURCE_LABELS } from '../domain/source.js';
import { organizationOf } from './context.js';
import { encodeGlobalId } from './global-id.js';
import type { Resolvers } from './generated.js';

export interface ShownAction {
  readonly finding: Finding;
  /** When it was found. */
  readonly at: Instant;
}

const TYPE_NAMES = {
  WAIT_UNTIL: 'WaitUntilAction',
  LOOK_FOR_FAILED_WEBHOOK: 'LookForFailedWebhookAction',
  TRIGGER_SYNC: 'TriggerSyncAction',
  TERMINATE_OVERLAPPING: 'TerminateOverlappingAction',
  CORRECT_UNIT: 'CorrectUnitAction',
  ASK_A_PERSON: 'AskAPersonAction',
  NONE: 'NoAction',
} as const satisfies Record<Action['kind'], string>;

export const SYNC_DOCUMENT = `mutation Sync($input: OrganizationSyncInput!) {
  organizationSync(input: $input) {
    operation { id state }
    userErrors { path code message }
  }
}`;

function textOf(action: Action): string {
  switch (action.kind) {
    case 'WAIT_UNTIL':
      return `Look again after ${action.until}: the change may still be on its way.`;
    case 'LOOK_FOR_FAILED_WEBHOOK':
      return 'Look in the feed of the order for what became of its webhook.';
    case 'TRIGGER_SYNC':
      return 'Have billing read the customer’s orders again, and look again some minutes later.';
    case 'TERMINATE_OVERLAPPING':
      return 'End the commitment that overlaps the one that has its order.';
    case 'CORRECT_UNIT':
      return action.side === null
        ? 'Look up the figure in the contract, and correct the one that is in the wrong unit.'
        : `Correct the figure in ${SOURCE_LABELS[action.side]}: the contract has the other one.`;
    case 'ASK_A_PERSON':
      return 'Ask a person who knows the agreement.';
    case 'NONE':
      return 'Nothing to do here: the source has to answer first.';
  }
}

/** The action, which is of the kind that its type says. */
function actionOf<Kind extends Action['kind']>(
  { finding: { action } }: ShownAction,
  kind: Kind,
): Extract<Action, { readonly kind: Kind }> {
  if (action.kind !== kind) throw new Error(`an action is ${action.kind}, and is shown as ${kind}`);
  return action as Extract<Action, { readonly kind: Kind }>;
}

const common = {
  kind: ({ finding }: ShownAction) => finding.action.kind,
  text: ({ finding }: ShownAction) => textOf(finding.action),
};

export const reconciliationActionResolvers = {
  RecommendedAction: { __resolveType: ({ finding }) => TYPE_NAMES[finding.action.kind] },
  WaitUntilAction: { ...common, lookAgainAt: (shown) => actionOf(shown, 'WAIT_UNTIL').until },
  LookForFailedWebhookAction: {
    ...common,
    orderId: (shown) => {
      const { orderId } = actionOf(shown, 'LOOK_FOR_FAILED_WEBHOOK');
      const { organization } = shown.finding;
      return orderId === null ? null : encodeGlobalId({ type: 'ServiceOrder', organization, key: orderId });
    },
    orderExternalId: (shown) => actionOf(shown, 'LOOK_FOR_FAILED_WEBHOOK').orderId,
  },
  TriggerSyncAction: {
    ...common,
    organization: (shown, _, context) =>
      organizationOf(actionOf(shown, 'TRIGGER_SYNC').organization, context),
    document: () => SYNC_DOCUMENT,
    variables: (shown) =>
      JSON.stringify({
        input: {
          organization: actionOf(shown, 'TRIGGER_SYNC').organization,
          idempotencyKey: `reconcile-${idOf(shown.finding)}-${shown.at}`,
        },
      }),
  },
  TerminateOverlappingAction: {
    ...common,
    commitmentId: (shown) =>
      encodeGlobalId({
        type: 'MinimumCommitment',
        organization: shown.finding.organization,
        key: actionOf(shown, 'TERMINATE_OVERLAPPING').commitmentId,
      }),
    commitmentExternalId: (shown) => actionOf(shown, 'TERMINATE_OVERLAPPING').commitmentId,
  },
  CorrectUnitAction: { ...common, side: (shown) => actionOf(shown, 'CORRECT_UNIT').side },
  AskAPersonAction: common,
  NoAction: common,
} satisfies Resolvers;
