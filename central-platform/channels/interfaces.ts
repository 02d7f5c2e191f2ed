import { GATED } from '../gateway/gates/routes.ts';
import { webRoutes } from './contract.ts';

/** The routes registered for an item (the last gate): the terminals' and the web's. */
export function interfacesOf(itemId: string): readonly string[] {
  const terminals = Object.entries(GATED).flatMap(([route, item]) => ([item].flat().includes(itemId) ? [route] : []));
  const web = Object.entries(webRoutes).flatMap(([route, { item }]) => (item === itemId ? [route] : []));
  // Confirmed are whatever items may be asked for: the call itself names which.
  return [...terminals, 'confirmRequest', ...web];
}
