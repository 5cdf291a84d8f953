import { searchCampaigns } from './campaigns';
import { searchCustomers } from './customers';
import { searchSegments } from './segments';
import { searchVouchers } from './vouchers';

/** The lists that forms offer for searching. */
export const listSearch = { searchCampaigns, searchCustomers, searchSegments, searchVouchers };
