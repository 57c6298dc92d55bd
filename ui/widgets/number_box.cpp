#include "ui/widgets/number_box.h"

#include "core/config/scalar_text.h"
#include "ui/theme/typography.h"

#include <QFontMetrics>
#include <QWheelEvent>

#include <algorithm>

namespace headroom::ui {
namespace {

std::optional<double> readNumber(const QString& text, bool whole) {
    const std::string trimmed = text.trimmed().toStdString();
    if (!whole)
        return parseReal(trimmed);
    const auto number = parseInteger(trimmed);
    return number ? std::optional(static_cast<double>(*number)) : std::nullopt;
}

} // namespace

NumberBox::NumberBox(double min, double max, bool whole, QWidget* parent)
    : QDoubleSpinBox(parent), whole_(whole) {
    constexpr int smallestDecimals = 12;
    setDecimals(whole ? 0 : smallestDecimals);
    setRange(min, max);
    setKeyboardTracking(false);
    setAlignment(Qt::AlignRight);
    setFocusPolicy(Qt::StrongFocus);
}

QString NumberBox::textFromValue(double value) const {
    return QString::fromStdString(whole_ ? std::to_string(static_cast<std::int64_t>(value))
                                         : formatNumber(value));
}

double NumberBox::valueFromText(const QString& text) const {
    return readNumber(text, whole_).value_or(value());
}

QValidator::State NumberBox::validate(QString& text, int&) const {
    const auto number = readNumber(text, whole_);
    if (number && *number >= minimum() && *number <= maximum())
        return QValidator::Acceptable;
    const bool begun = std::all_of(text.begin(), text.end(), [this](QChar c) {
        return c.isDigit() || c == QLatin1Char('-') ||
               (!whole_ && (c == QLatin1Char('.') || c == QLatin1Char('e') || c == QLatin1Char('E')));
    });
    return begun ? QValidator::Intermediate : QValidator::Invalid;
}

void NumberBox::stepBy(int steps) {
    double next = value();
    for (; steps > 0; --steps) {
        const auto above = std::upper_bound(stops_.begin(), stops_.end(), next);
        next = above == stops_.end() ? next : *above;
    }
    for (; steps < 0; ++steps) {
        const auto below = std::lower_bound(stops_.begin(), stops_.end(), next);
        next = below == stops_.begin() ? next : *std::prev(below);
    }
    setValue(next);
    selectAll();
}

QSize NumberBox::sizeHint() const {
    const int text = fontMetrics().horizontalAdvance(QStringLiteral("0.00005"));
    return {text + em(2.2), em(1.85)};
}

void NumberBox::wheelEvent(QWheelEvent* event) {
    if (hasFocus())
        QDoubleSpinBox::wheelEvent(event);
    else
        event->ignore();
}

} // namespace headroom::ui
