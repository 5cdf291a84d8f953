// n8n finds the nodes and credentials by the "n8n" section of package.json; this is for whoever loads the package by hand.
module.exports = {
	...require('./dist/nodes/Braze/Braze.node.js'),
	...require('./dist/nodes/BrazeTrigger/BrazeTrigger.node.js'),
	...require('./dist/nodes/Voucherify/Voucherify.node.js'),
	...require('./dist/nodes/VoucherifyTrigger/VoucherifyTrigger.node.js'),
	...require('./dist/credentials/BrazeApi.credentials.js'),
	...require('./dist/credentials/VoucherifyApi.credentials.js'),
	...require('./dist/credentials/VoucherifyManagementApi.credentials.js'),
	...require('./dist/credentials/VoucherifyOAuth2Api.credentials.js'),
};
