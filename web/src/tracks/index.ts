export { OperationTrack } from './OperationTrack.tsx';
export { TokenTrack } from './TokenTrack.tsx';
export { UpdateTrack } from './UpdateTrack.tsx';
