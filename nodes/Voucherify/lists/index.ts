import { searchCampaigns, searchLoyaltyPrograms, searchPromotions } from './campaigns';
import { searchCustomers } from './customers';
import { searchPromotionTiers } from './promotionTiers';
import { searchRewards } from './rewards';
import { searchSegments } from './segments';
import { searchVouchers } from './vouchers';

/** The lists that forms offer for searching. */
export const listSearch = {
	searchCampaigns,
	searchCustomers,
	searchLoyaltyPrograms,
	searchPromotions,
	searchPromotionTiers,
	searchRewards,
	searchSegments,
	searchVouchers,
};
