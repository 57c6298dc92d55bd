// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/widgets/number_box.h"

#include "core/config/scalar_text.h"
#include "ui/accessibility/announcer.h"
#include "ui/text/typed_number.h"
#include "ui/theme/restyle.h"
#include "ui/theme/typography.h"
#include "ui/widgets/window_undo.h"

#include <QFontMetrics>
#include <QLineEdit>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>

namespace headroom::ui {

NumberBox::NumberBox(double min, double max, bool whole, QWidget* parent)
    : QDoubleSpinBox(parent), whole_(whole) {
    constexpr int smallestDecimals = 12;
    setDecimals(whole ? 0 : smallestDecimals);
    setRange(min, max);
    setKeyboardTracking(false);
    setAlignment(Qt::AlignRight);
    setFocusPolicy(Qt::StrongFocus);
    connect(lineEdit(), &QLineEdit::textEdited, this, &NumberBox::onTextEdited);
}

QString NumberBox::textFromValue(double value) const {
    return QString::fromStdString(whole_ ? std::to_string(static_cast<std::int64_t>(value))
                                         : formatNumber(value));
}

double NumberBox::valueFromText(const QString& text) const {
    return readTypedNumber(withoutSuffix(text), whole_).value_or(value());
}

QString NumberBox::withoutSuffix(const QString& text) const {
    const bool hasSuffix = !suffix().isEmpty() && text.endsWith(suffix());
    return hasSuffix ? text.chopped(suffix().size()) : text;
}

bool NumberBox::accepts(const QString& text) const {
    if (!specialValueText().isEmpty() && text == specialValueText())
        return true;
    const auto number = readTypedNumber(withoutSuffix(text), whole_);
    return number && *number >= minimum() && *number <= maximum();
}

/// Never Invalid: the spin box would drop the typed character and so join the digits around it.
QValidator::State NumberBox::validate(QString& text, int&) const {
    return accepts(text) ? QValidator::Acceptable : QValidator::Intermediate;
}

void NumberBox::fixup(QString& text) const {
    text = textFromValue(value());
}

bool NumberBox::hasUncommittedText() const {
    const QString text = lineEdit()->text();
    return withoutSuffix(text) != textFromValue(value()) && text != specialValueText();
}

void NumberBox::onTextEdited(const QString& text) {
    const QString number = withoutSuffix(text);
    const bool isNumber = beginsTypedNumber(number, whole_) || accepts(text);
    setFault(isNumber ? QString() : tr("“%1” is not a number.").arg(number));
}

/// Called when the text is committed and replaced with the previous value.
void NumberBox::explainRejection(const QString& rejected) {
    const QString text = withoutSuffix(rejected);
    const auto number = readTypedNumber(text, whole_);
    const QString kept = textFromValue(value());
    const QString message =
        number ? tr("%1 is not between %2 and %3; kept %4.")
                     .arg(text, textFromValue(minimum()), textFromValue(maximum()), kept)
        : whole_ ? tr("“%1” is not a whole number; kept %2.").arg(text, kept)
                 : tr("“%1” is ambiguous or not a number; kept %2. Write 1500 or 1.5.").arg(text, kept);
    setFault(message);
    announce(*this, message);
    if (isVisible())
        QToolTip::showText(mapToGlobal(QPoint(0, height())), message, this);
}

void NumberBox::setFault(const QString& message) {
    setAccessibleDescription(message);
    setStyleProperty(*this, "faulty", !message.isEmpty());
}

bool NumberBox::event(QEvent* event) {
    if (isWindowUndo(*event, hasUncommittedText())) {
        event->ignore();
        return false;
    }
    return QDoubleSpinBox::event(event);
}

void NumberBox::keyPressEvent(QKeyEvent* event) {
    const bool commits = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    const QString text = lineEdit()->text();
    if (event->key() == Qt::Key_Escape && hasUncommittedText()) {
        lineEdit()->setText(textFromValue(value()) + suffix());
        setFault({});
        return selectAll();
    }
    QDoubleSpinBox::keyPressEvent(event);
    if (commits)
        accepts(text) ? setFault({}) : explainRejection(text);
}

void NumberBox::focusOutEvent(QFocusEvent* event) {
    const QString text = lineEdit()->text();
    const bool rejected = hasUncommittedText() && !accepts(text);
    QDoubleSpinBox::focusOutEvent(event);
    if (rejected)
        explainRejection(text);
    else if (event->reason() != Qt::PopupFocusReason && event->reason() != Qt::ActiveWindowFocusReason)
        setFault({});
}

void NumberBox::stepBy(int steps) {
    double next = stops_.empty() ? value() + steps * singleStep() : value();
    for (; !stops_.empty() && steps > 0; --steps) {
        const auto above = std::upper_bound(stops_.begin(), stops_.end(), next);
        next = above == stops_.end() ? next : *above;
    }
    for (; !stops_.empty() && steps < 0; ++steps) {
        const auto below = std::lower_bound(stops_.begin(), stops_.end(), next);
        next = below == stops_.begin() ? next : *std::prev(below);
    }
    setFault({});
    setValue(next);
    selectAll();
}

QSize NumberBox::sizeHint() const {
    const int number = fontMetrics().horizontalAdvance(QStringLiteral("0.00005") + suffix());
    return {std::max(number, fontMetrics().horizontalAdvance(specialValueText())) + em(2.2), em(1.85)};
}

void NumberBox::wheelEvent(QWheelEvent* event) {
    if (hasFocus())
        QDoubleSpinBox::wheelEvent(event);
    else
        event->ignore();
}

} // namespace headroom::ui
