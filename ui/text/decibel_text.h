// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

/// Decibels with one decimal, without a unit. Power 1 is 0 dB.
namespace headroom::ui {

/// For display: "−12.3", "−∞", with a typographic minus.
QString decibelText(double decibels);
QString levelText(double power);

/// For tables that other programs parse: "-12.3", "-inf".
QString decibelNumber(double decibels);
QString levelNumber(double power);

} // namespace headroom::ui
