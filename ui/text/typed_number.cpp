// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/text/typed_number.h"

#include "core/config/scalar_text.h"

#include <QRegularExpression>

namespace headroom::ui {
namespace {

/// Replaces full-width digits and signs with ASCII, and the typographic minus with a hyphen.
QString normalized(const QString& text) {
    return text.normalized(QString::NormalizationForm_KC)
        .trimmed()
        .replace(QChar(0x2212), QLatin1Char('-')); // minus sign
}

/// "1,500" means 1500 or 1.5, depending on the locale; "0,500" and "1,50" are unambiguous.
bool isAmbiguous(const QString& text) {
    static const QRegularExpression thousands(QStringLiteral("^[+-]?[1-9][0-9]{0,2},[0-9]{3}$"));
    return thousands.match(text).hasMatch();
}

} // namespace

std::optional<double> readTypedNumber(const QString& text, bool whole) {
    QString number = normalized(text);
    if (whole) {
        const auto value = parseInteger(number.toStdString());
        return value ? std::optional(static_cast<double>(*value)) : std::nullopt;
    }
    if (isAmbiguous(number))
        return std::nullopt;
    if (number.count(QLatin1Char(',')) == 1 && !number.contains(QLatin1Char('.')))
        number.replace(QLatin1Char(','), QLatin1Char('.'));
    return parseReal(number.toStdString());
}

bool beginsTypedNumber(const QString& text, bool whole) {
    static const QRegularExpression wholeStart(QStringLiteral("^[+-]?[0-9]*$"));
    static const QRegularExpression realStart(QStringLiteral("^[+-]?[0-9]*([.,][0-9]*)?([eE][+-]?[0-9]*)?$"));
    return (whole ? wholeStart : realStart).match(normalized(text)).hasMatch();
}

} // namespace headroom::ui
