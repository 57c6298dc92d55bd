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
    return readTypedNumber(bare(text), whole_).value_or(value());
}

/// The text without the unit that stands behind it.
QString NumberBox::bare(const QString& text) const {
    const bool hasUnit = !suffix().isEmpty() && text.endsWith(suffix());
    return hasUnit ? text.chopped(suffix().size()) : text;
}

bool NumberBox::allows(const QString& text) const {
    if (!specialValueText().isEmpty() && text == specialValueText())
        return true;
    const auto number = readTypedNumber(bare(text), whole_);
    return number && *number >= minimum() && *number <= maximum();
}

/// Every text may stand there while it is typed: to drop a character would join the digits around it.
QValidator::State NumberBox::validate(QString& text, int&) const {
    return allows(text) ? QValidator::Acceptable : QValidator::Intermediate;
}

void NumberBox::fixup(QString& text) const {
    text = textFromValue(value());
}

bool NumberBox::typing() const {
    const QString text = lineEdit()->text();
    return bare(text) != textFromValue(value()) && text != specialValueText();
}

void NumberBox::onTextEdited(const QString& text) {
    const QString number = bare(text);
    const bool hopeless = !beginsTypedNumber(number, whole_) && !allows(text);
    setFault(hopeless ? tr("“%1” is not a number.").arg(number) : QString());
}

/// Said when the text is left, as the number before takes its place.
void NumberBox::explainRefused(const QString& shown) {
    const QString text = bare(shown);
    const auto number = readTypedNumber(text, whole_);
    const QString kept = textFromValue(value());
    const QString message =
        number ? tr("%1 is not between %2 and %3; %4 is kept.")
                     .arg(text, textFromValue(minimum()), textFromValue(maximum()), kept)
        : whole_ ? tr("“%1” is not a whole number; %2 is kept.").arg(text, kept)
                 : tr("“%1” is not one clear number; %2 is kept. Write it like 1500 or 1.5.").arg(text, kept);
    setFault(message);
    announce(*this, message);
    if (isVisible())
        QToolTip::showText(mapToGlobal(QPoint(0, height())), message, this);
}

void NumberBox::setFault(const QString& message) {
    setAccessibleDescription(message);
    setLook(*this, "faulty", !message.isEmpty());
}

bool NumberBox::event(QEvent* event) {
    if (isUndoForTheWindow(*event, typing())) {
        event->ignore();
        return false;
    }
    return QDoubleSpinBox::event(event);
}

void NumberBox::keyPressEvent(QKeyEvent* event) {
    const bool commits = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    const QString text = lineEdit()->text();
    if (event->key() == Qt::Key_Escape && typing()) {
        lineEdit()->setText(textFromValue(value()) + suffix());
        setFault({});
        return selectAll();
    }
    QDoubleSpinBox::keyPressEvent(event);
    if (commits)
        allows(text) ? setFault({}) : explainRefused(text);
}

void NumberBox::focusOutEvent(QFocusEvent* event) {
    const QString text = lineEdit()->text();
    const bool refused = typing() && !allows(text);
    QDoubleSpinBox::focusOutEvent(event);
    if (refused)
        explainRefused(text);
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
