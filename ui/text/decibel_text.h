#pragma once

#include <QString>

/// Decibels with one decimal and without their unit. Power 1 is 0 dB.
namespace headroom::ui {

/// To be read: "−12.3", "−∞", with a true minus sign.
QString decibelText(double decibels);
QString levelText(double power);

/// For tables that other programs take numbers from: "-12.3", "-inf".
QString decibelNumber(double decibels);
QString levelNumber(double power);

} // namespace headroom::ui
