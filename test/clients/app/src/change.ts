/** A change that a partner's page tries before it makes it. */
import { gql } from '@apollo/client';

export interface TryQuantity {
  readonly contractQuantityChange: {
    readonly preview: { readonly request: { readonly method: string; readonly path: string } } | null;
    readonly userErrors: readonly { readonly code: string; readonly message: string }[];
  };
}

export const TRY_QUANTITY = gql`
  mutation TryQuantity($input: ContractQuantityChangeInput!) {
    contractQuantityChange(input: $input) {
      preview {
        request {
          method
          path
        }
      }
      userErrors {
        code
        message
      }
    }
  }
`;
