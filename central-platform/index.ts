export { checkConfig, loadConfig, PlatformConfig, type PlatformConfigInput } from './config.ts';
export { startPlatform, type PlatformParts, type RunningPlatform } from './platform.ts';
