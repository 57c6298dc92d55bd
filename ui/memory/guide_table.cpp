#include "ui/memory/guide_table.h"

#include "ui/text/memory_text.h"

#include <QCoreApplication>

#include <cmath>

namespace headroom::ui {
namespace {

QString words(const char* text) {
    return QCoreApplication::translate("Guide", text);
}

/// As the guide counts: in GB, and parameters in millions.
QString saidText(GuideUnit unit, double value) {
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

QString saidText(const GuideFigure& figure) {
    if (!figure.low)
        return {};
    const QString low = saidText(figure.unit, *figure.low);
    if (!figure.high)
        return words(QT_TRANSLATE_NOOP("Guide", "over %1")).arg(low);
    if (figure.high == figure.low)
        return low;
    return words(QT_TRANSLATE_NOOP("Guide", "%1 to %2")).arg(low, saidText(figure.unit, *figure.high));
}

QString hereText(const GuideFigure& figure) {
    if (!figure.here)
        return words(QT_TRANSLATE_NOOP("Guide", "not measured here"));
    return figure.unit == GuideUnit::Bytes ? bytesText(std::llround(*figure.here))
                                           : saidText(figure.unit, *figure.here);
}

} // namespace

TextTable guideTable(const std::vector<GuideFigure>& figures) {
    TextTable table;
    table.header = {words(QT_TRANSLATE_NOOP("Guide", "What it is about")),
                    words(QT_TRANSLATE_NOOP("Guide", "The guide says")),
                    words(QT_TRANSLATE_NOOP("Guide", "It is"))};
    for (const GuideFigure& figure : figures)
        table.rows.push_back({words(figure.text.c_str()), saidText(figure), hereText(figure)});
    return table;
}

} // namespace headroom::ui
