import type { Resource } from '../../../common/operation';
import { createSnippet } from './createSnippet';

export const promotionCode: Resource = {
	name: 'promotionCode',
	displayName: 'Promotion Code',
	operations: [createSnippet],
};
