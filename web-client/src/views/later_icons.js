// The icons that only views fetched later show, beside those of a first visit.

import activity from 'icon:activity';
import ban from 'icon:ban';
import broadcast from 'icon:radio';
import calendar from 'icon:calendar-plus';
import copy from 'icon:copy';
import download from 'icon:download';
import eye_off from 'icon:eye-off';
import history from 'icon:history';
import key from 'icon:key-round';
import keyboard from 'icon:keyboard';
import move from 'icon:move-right';
import next from 'icon:skip-forward';
import pause from 'icon:pause';
import play from 'icon:play';
import print from 'icon:printer';
import qr from 'icon:qr-code';
import shield from 'icon:shield';
import silent from 'icon:volume-x';
import sound from 'icon:volume-2';
import undo from 'icon:undo-2';
import up from 'icon:arrow-up';
import { icons } from './icons.js';

export const later_icons = {
  activity,
  ban,
  broadcast,
  calendar,
  copy,
  download,
  eye_off,
  history,
  key,
  keyboard,
  move,
  next,
  pause,
  play,
  print,
  qr,
  shield,
  silent,
  sound,
  undo,
  up,
};

Object.assign(icons, later_icons);
