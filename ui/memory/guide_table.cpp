// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/memory/guide_table.h"

#include "ui/text/memory_text.h"

#include <QCoreApplication>

#include <cmath>

namespace headroom::ui {
namespace {

QString translatedGuide(const char* text) {
    return QCoreApplication::translate("Guide", text);
}

/// In the units of the guide: GB, and millions of parameters.
QString guideText(GuideUnit unit, double value) {
    constexpr double giga = 1e9;
    constexpr double mega = 1e6;
    switch (unit) {
    case GuideUnit::Bytes:
        return QStringLiteral("%1 GB").arg(value / giga, 0, 'f', 1);
    case GuideUnit::Percent:
        return QStringLiteral("%1 %").arg(value, 0, 'f', 0);
    case GuideUnit::Decibel:
        return QStringLiteral("%1 dB").arg(value, 0, 'f', 2);
    case GuideUnit::Number:
        break;
    }
    return value >= mega ? QStringLiteral("%1 M").arg(value / mega, 0, 'f', 1)
                         : QString::number(value, 'f', 0);
}

QString guideText(const GuideFigure& figure) {
    if (!figure.low)
        return {};
    QString low = guideText(figure.unit, *figure.low);
    if (!figure.high)
        return translatedGuide(QT_TRANSLATE_NOOP("Guide", "over %1")).arg(low);
    if (figure.high == figure.low)
        return low;
    return translatedGuide(QT_TRANSLATE_NOOP("Guide", "%1 to %2"))
        .arg(low, guideText(figure.unit, *figure.high));
}

QString actualText(const GuideFigure& figure) {
    if (!figure.here)
        return translatedGuide(QT_TRANSLATE_NOOP("Guide", "not measured here"));
    return figure.unit == GuideUnit::Bytes ? bytesText(std::llround(*figure.here))
                                           : guideText(figure.unit, *figure.here);
}

} // namespace

TableData guideTable(const std::vector<GuideFigure>& figures) {
    TableData table;
    table.header = {translatedGuide(QT_TRANSLATE_NOOP("Guide", "Quantity")),
                    translatedGuide(QT_TRANSLATE_NOOP("Guide", "Guide")),
                    translatedGuide(QT_TRANSLATE_NOOP("Guide", "Actual"))};
    for (const GuideFigure& figure : figures)
        table.rows.push_back({translatedGuide(figure.text.c_str()), guideText(figure), actualText(figure)});
    return table;
}

} // namespace headroom::ui
