/** What a partner's page asks, as its developers write it: documents beside the code, a fragment shared between them. */
import { gql } from '@apollo/client';

export interface Customer {
  readonly organization: {
    readonly name: string;
    readonly commitments: { readonly nodes: readonly { readonly source: string; readonly id: string }[] };
  } | null;
}

export const COMMITMENT = gql`
  fragment CommitmentRow on Commitment {
    id
    source
    committed {
      amount
      currency
    }
  }
`;

export const CUSTOMER = gql`
  query CustomerPage($slug: String!, $first: Int = 3) {
    organization(slug: $slug) {
      id
      name
      commitments(first: $first) {
        nodes {
          ...CommitmentRow
        }
      }
    }
  }
  ${COMMITMENT}
`;
