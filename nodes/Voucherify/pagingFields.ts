export { pagingFields, readWanted, simplifyField } from '../common/pagingFields';
