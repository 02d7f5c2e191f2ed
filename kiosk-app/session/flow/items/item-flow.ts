import type { EntryData } from '@kiosk/contract/journal/entry.ts';
import type { DocumentAsk, PlatformAnswer, PlatformRequest } from '@kiosk/contract/platform/api.ts';
import type { Screen } from '@kiosk/contract/screen/view.ts';
import type { Action, Strokes } from '@kiosk/contract/screen/action.ts';
import type { Words } from '@kiosk/contract/services/common.ts';
import type { DeviceKind } from '@kiosk/contract/services/device-host.ts';
import type { Begun } from '@kiosk/contract/platform/handover.ts';
import type { PassedRoute } from '@kiosk/contract/services/passed.ts';
import type { Wish } from '../requests/wish.ts';
import type { ItemId, SlipJob, State } from '../state.ts';

type Added = 'identityToken' | 'operationId';
/** A question to the platform. Whose it is and its operation the session adds: a flow never sees the identity's token. */
export type PlatformAsk = {
  [R in PassedRoute]: { readonly route: R; readonly request: Omit<PlatformRequest<R>, Added> };
}[PassedRoute];
/** What it was answered with. */
export type PlatformTold = {
  [R in PassedRoute]: {
    readonly route: R;
    readonly request: Omit<PlatformRequest<R>, Added>;
    readonly value: PlatformAnswer<R>;
  };
}[PassedRoute];

/** What a person did on a screen of the flow. */
export type ItemAction =
  | { readonly type: 'choose' | 'press' | 'toggle'; readonly id: string }
  | { readonly type: 'enter'; readonly value: string }
  | { readonly type: 'turnPage'; readonly by: 1 | -1 }
  | Extract<Action, { type: 'chooseBranch' | 'chooseSlot' }>
  | { readonly type: 'sign'; readonly strokes: Strokes };

interface Beside {
  /** Something was carried out that can be rated. */
  readonly served?: boolean;
  readonly notes?: readonly EntryData[];
}

/** What a flow wants next. `place` is where it then stands. */
export type Move<Place> =
  /** Another screen. `replace`: the way back does not come through the one that was left. */
  | ({ readonly to: 'show'; readonly place: Place; readonly replace?: boolean } & Beside)
  /**
   * `answered` hears the answer with this place; absent: where it stands already, which is nowhere when an item was just
   * opened. A failure has its own screen, from where it is tried again.
   */
  | ({ readonly to: 'ask'; readonly ask: PlatformAsk; readonly place?: Place } & Beside)
  /** Issues a paper and prints it. */
  | ({
      readonly to: 'issue';
      readonly paper: DocumentAsk;
      readonly title: Words;
      /** false: the ID number stands whole on it, as the person wished. */
      readonly masked?: boolean;
      readonly place: Place;
    } & Beside)
  /** Prints one that is out already once more (补打). */
  | ({
      readonly to: 'reprint';
      readonly documentNumber: string;
      readonly title: Words;
      readonly place: Place;
    } & Beside)
  /** Waits at `place` for a code at the scanner; `scanned` hears it. Ends when the place is left. */
  | ({ readonly to: 'scan'; readonly place: Place } & Beside)
  /** Waits at `place` for a bank card, reads its number and gives the card back; `cardRead` hears it. */
  | ({ readonly to: 'readCard'; readonly place: Place } & Beside)
  /** Prints a slip beside what is shown, if there is a printer. */
  | ({ readonly to: 'slip'; readonly slip: SlipJob; readonly place: Place } & Beside)
  /** A request: shown once more, signed where it must be, sent; its number and what became of it have their own screen. */
  | ({ readonly to: 'confirm'; readonly wish: Wish; readonly place: Place } & Beside)
  /** The same without asking once more: where nothing can be lost by it. */
  | ({ readonly to: 'submit'; readonly wish: Wish; readonly place: Place } & Beside)
  /** The item is begun anew once the person is of this level. `stale`: the platform says that it was too long ago. */
  | ({ readonly to: 'raise'; readonly level: 'L2' | 'L3'; readonly stale?: boolean } & Beside)
  /** Goes on elsewhere; null: the person chooses where. */
  | ({ readonly to: 'leave'; readonly begun: Begun; readonly where: 'phone' | 'resume' | null } & Beside)
  /** What was left elsewhere goes on here. */
  | ({ readonly to: 'resume'; readonly begun: Begun } & Beside)
  /** Another item of the catalogue. */
  | ({ readonly to: 'open'; readonly item: ItemId } & Beside)
  | ({ readonly to: 'menu' } & Beside)
  /** The action means nothing here. */
  | { readonly to: 'nothing' };

/**
 * The journey of one or several service items: pure functions over a place of its own. Money, words and rows in, generic
 * screens out (contract/screen/generic.ts). `state` is only read.
 */
export interface ItemFlow<Place> {
  readonly items: readonly ItemId[];
  /** A device without which the item makes no sense. */
  readonly needs?: DeviceKind;
  open(item: ItemId, state: State): Move<Place>;
  act(place: Place, action: ItemAction, state: State): Move<Place>;
  answered(place: Place | undefined, told: PlatformTold, state: State): Move<Place>;
  /** A refusal that is no failure here, as a person without a loan; undefined: it is one. */
  refused?(place: Place | undefined, code: string, ask: PlatformAsk, state: State): Move<Place> | undefined;
  /** What the scanner read at this place; null: it cannot read now. */
  scanned?(place: Place, text: string | null, state: State): Move<Place>;
  /** The number of the card that was put in, which is out again; null with the code why there is none. */
  cardRead?(place: Place, number: string | null, code: string | null, state: State): Move<Place>;
  view(place: Place, state: State): Screen;
  /** What is printed of a sheet that offers a slip; absent or null: what it says. */
  slip?(place: Place): SlipJob | null;
  /** What of a place is worth taking along to go on elsewhere; absent or null: nothing, the item is begun anew there. */
  keep?(place: Place): Kept | null;
  /** Goes on with what was left elsewhere; undefined: it is begun anew. Whatever comes in is checked here. */
  resume?(kept: Kept, state: State): Move<Place> | undefined;
}
export type Kept = Pick<Begun, 'step' | 'form'>;

/** What a part of a flow wants, at a place of the whole. */
export function within<Part, Whole>(wanted: Move<Part>, whole: (part: Part) => Whole): Move<Whole> {
  if (!('place' in wanted) || wanted.place === undefined) return wanted as Move<Whole>;
  return { ...wanted, place: whole(wanted.place) } as Move<Whole>;
}

/** A flow whose place is its own affair. The one place where its type is forgotten and believed again. */
export type AnyFlow = ItemFlow<unknown>;
export const flow = <Place>(one: ItemFlow<Place>): AnyFlow => one as AnyFlow;
