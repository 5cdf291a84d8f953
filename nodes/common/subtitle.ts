/** What stands below a node on the canvas, for instance "get members: segment" or "get many: promotion code". */
export const SUBTITLE =
	'={{ ($parameter["operation"].replace("getAll", "getMany") + ": " + $parameter["resource"]).replace(/([A-Z])/g, " $1").toLowerCase() }}';
