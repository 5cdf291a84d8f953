import type { PagedList } from './pages';

export const CAMPAIGNS: PagedList = { path: '/campaigns/list', key: 'campaigns', size: 100 };
export const CANVASES: PagedList = { path: '/canvas/list', key: 'canvases', size: 100 };
export const SEGMENTS: PagedList = { path: '/segments/list', key: 'segments', size: 100 };
