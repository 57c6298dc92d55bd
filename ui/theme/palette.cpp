// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/theme/palette.h"

namespace headroom::ui {
namespace {

Palette makeDark() {
    Palette p;
    p.dark = true;
    p.window = "#14171B";
    p.panel = "#1B1F24";
    p.raised = "#242A31";
    p.field = "#101316";
    p.plot = "#121518";
    p.line = "#2B323A";
    p.strongLine = "#3B4550";
    p.text = "#E4E8EC";
    p.secondText = "#A9B3BE";
    p.faintText = "#87939F";
    p.grid = "#22282F";
    p.accent = "#5AA9E6";
    p.selectedRow = "#1D3B54";
    p.primaryButton = "#1F4A6E";
    p.fits = "#57C58A";
    p.tight = "#F0B13C";
    p.doesNotFit = "#F2705E";
    p.grooveFits = "#2F8A60";
    p.grooveTight = "#9A7628";
    p.grooveDoesNotFit = "#B34F42";
    p.measured = "#FFFFFF";
    p.otherPrograms = "#3A424B";
    p.context = "#5A6574";
    p.slack = "#2A3037";
    // Workspaces, parameters, EMA, gradients, optimizer state, batch, saved activations, temporaries.
    p.parts = {"#E1D89E", "#2D6FDA", "#7FA3E8", "#BFE6F4", "#AE7CD7", "#6F8F5A", "#2A9590", "#E894CF"};
    p.series = {"#56B4E9", "#E8B04B", "#C99BE8", "#9AA5B1"};
    p.forward = "#8FB4D4";
    p.backward = "#55758F";
    p.update = "#D4DDE5";
    return p;
}

Palette makeLight() {
    Palette p;
    p.dark = false;
    p.window = "#E9ECEF";
    p.panel = "#F6F7F9";
    p.raised = "#FFFFFF";
    p.field = "#FFFFFF";
    p.plot = "#FFFFFF";
    p.line = "#D5DAE0";
    p.strongLine = "#B4BDC7";
    p.text = "#1A1F25";
    p.secondText = "#4D5863";
    p.faintText = "#626D78";
    p.grid = "#E8EBEF";
    p.accent = "#1769B5";
    p.selectedRow = "#D9E9F7";
    p.primaryButton = "#CFE3F5";
    p.fits = "#18733F";
    p.tight = "#855600";
    p.doesNotFit = "#B93524";
    p.grooveFits = "#3D9468";
    p.grooveTight = "#B07D12";
    p.grooveDoesNotFit = "#CC5F50";
    p.measured = "#000000";
    p.otherPrograms = "#C3CAD1";
    p.context = "#8793A0";
    p.slack = "#E3E7EB";
    p.parts = {"#B8993F", "#203F80", "#6C8CCB", "#3D9AE3", "#7A45CC", "#7F9A55", "#2F7F79", "#E06BBD"};
    p.series = {"#1F78C1", "#A86A00", "#7A45CC", "#626D78"};
    p.forward = "#7FA6C8";
    p.backward = "#456A88";
    p.update = "#1F2F3D";
    return p;
}

} // namespace

const QColor& Palette::verdict(Verdict which) const {
    switch (which) {
    case Verdict::Fits:
        return fits;
    case Verdict::Tight:
        return tight;
    case Verdict::DoesNotFit:
        break;
    }
    return doesNotFit;
}

const Palette& darkPalette() {
    static const Palette palette = makeDark();
    return palette;
}

const Palette& lightPalette() {
    static const Palette palette = makeLight();
    return palette;
}

const QColor& textOn(const QColor& fill) {
    const double luminance = 0.299 * fill.redF() + 0.587 * fill.greenF() + 0.114 * fill.blueF();
    return luminance > 0.5 ? darkPalette().field : lightPalette().raised;
}

} // namespace headroom::ui
