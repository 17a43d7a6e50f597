// The icons that only views fetched later show, beside those of a first visit.

import activity from 'icon:activity';
import ban from 'icon:ban';
import broadcast from 'icon:radio';
import copy from 'icon:copy';
import history from 'icon:history';
import keyboard from 'icon:keyboard';
import move from 'icon:move-right';
import next from 'icon:skip-forward';
import pause from 'icon:pause';
import play from 'icon:play';
import print from 'icon:printer';
import shield from 'icon:shield';
import silent from 'icon:volume-x';
import sound from 'icon:volume-2';
import undo from 'icon:undo-2';
import { icons } from './icons.js';

export const later_icons = {
  activity,
  ban,
  broadcast,
  copy,
  history,
  keyboard,
  move,
  next,
  pause,
  play,
  print,
  shield,
  silent,
  sound,
  undo,
};

Object.assign(icons, later_icons);
