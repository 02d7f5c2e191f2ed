import type { ScreenName, ScreenOf } from '@kiosk/contract/screen/view.ts';
import type { Component } from 'svelte';
import Accepted from './Accepted.svelte';
import Account from './Account.svelte';
import Attract from './Attract.svelte';
import Details from './Details.svelte';
import EnterCode from './EnterCode.svelte';
import Failure from './Failure.svelte';
import Goodbye from './Goodbye.svelte';
import Menu from './Menu.svelte';
import Paused from './Paused.svelte';
import OutOfService from './OutOfService.svelte';
import ChoosePeriod from './ChoosePeriod.svelte';
import Printed from './Printed.svelte';
import Printing from './Printing.svelte';
import Rate from './Rate.svelte';
import ReadingCard from './ReadingCard.svelte';
import RequestSlot from './RequestSlot.svelte';
import Technician from './Technician.svelte';
import TechnicianSignIn from './TechnicianSignIn.svelte';
import Working from './Working.svelte';
import Choices from './generic/Choices.svelte';
import Entry from './generic/Entry.svelte';
import Sheet from './generic/Sheet.svelte';
import Sign from './generic/Sign.svelte';
import Wait from './generic/Wait.svelte';

/** One component a screen; a screen of the contract that has none does not compile. */
export const screens: { readonly [N in ScreenName]: Component<{ content: ScreenOf<N> }> } = {
  attract: Attract,
  outOfService: OutOfService,
  paused: Paused,
  readingCard: ReadingCard,
  enterCode: EnterCode,
  menu: Menu,
  account: Account,
  period: ChoosePeriod,
  details: Details,
  working: Working,
  printing: Printing,
  printed: Printed,
  requestSlot: RequestSlot,
  accepted: Accepted,
  failure: Failure,
  rate: Rate,
  goodbye: Goodbye,
  choices: Choices,
  sheet: Sheet,
  entry: Entry,
  sign: Sign,
  wait: Wait,
  technicianSignIn: TechnicianSignIn,
  technician: Technician,
};
