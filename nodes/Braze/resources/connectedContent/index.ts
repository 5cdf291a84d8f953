import type { Resource } from '../../../common/operation';
import { createSnippet } from './createSnippet';

export const connectedContent: Resource = {
	name: 'connectedContent',
	displayName: 'Connected Content',
	operations: [createSnippet],
};
