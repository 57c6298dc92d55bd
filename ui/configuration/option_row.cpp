// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/configuration/option_row.h"

#include "ui/configuration/config_model.h"
#include "ui/configuration/option_editor.h"
#include "ui/configuration/option_override.h"
#include "ui/configuration/option_text.h"
#include "ui/configuration/reset_button.h"
#include "ui/theme/icon.h"
#include "ui/theme/plain_text.h"
#include "ui/theme/theme.h"
#include "ui/theme/typography.h"

#include <QGridLayout>
#include <QKeyEvent>
#include <QLabel>

#include <algorithm>

namespace headroom::ui {

OptionRow::OptionRow(ConfigModel& model, const Option& option, const Theme& theme, QWidget* parent)
    : QWidget(parent), model_(model), option_(option), theme_(theme), mark_(new QLabel(this)),
      title_(new QLabel(optionTitle(option), this)), before_(new ResetButton(this)), unit_(new QLabel(this)),
      editor_(OptionEditor::create(model, option, theme, this)) {
    build();
    connect(&model, &ConfigModel::changed, this, &OptionRow::read);
    connect(&model, &ConfigModel::effectiveBatchLockChanged, this, &OptionRow::read);
    connect(before_, &QAbstractButton::clicked, this, [this] { model_.reset(option_); });
    connect(&theme, &Theme::changed, this, &OptionRow::drawMark);
    read();
}

void OptionRow::build() {
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, em(0.05), 0, em(0.05));
    grid->setHorizontalSpacing(em(0.35));
    grid->setVerticalSpacing(0);
    mark_->setFixedWidth(em(0.8));
    before_->setVisible(false);
    unit_->setProperty("second", true);
    reserveUnit();
    grid->addWidget(mark_, 0, 0);
    grid->addWidget(title_, 0, 1);
    grid->addWidget(before_, 0, 2);
    grid->setColumnStretch(2, 1);
    const bool hasUnit = option_.type == OptionType::Integer || option_.type == OptionType::Real;
    unit_->setVisible(hasUnit);
    if (editor_->isWide())
        grid->addWidget(editor_->field(), 1, 1, 1, 4);
    else
        grid->addWidget(editor_->field(), 0, 3, 1, hasUnit ? 1 : 2);
    grid->addWidget(unit_, 0, 4);
    const QString explanation = optionToolTip(option_);
    title_->setBuddy(editor_->field());
    title_->setToolTip(explanation);
    for (QWidget* part : {editor_->field(), editor_->below()}) {
        if (part == nullptr)
            continue;
        part->setAccessibleName(optionTitle(option_));
        part->setToolTip(explanation);
    }
    if (QWidget* below = editor_->below())
        grid->addWidget(below, 1, 1, 1, 4);
}

bool OptionRow::matches(const QString& text) const {
    const QString all = title_->text() + QLatin1Char('\n') + title_->toolTip();
    return all.contains(text, Qt::CaseInsensitive);
}

void OptionRow::setRunning(bool running) {
    running_ = running;
    read();
}

void OptionRow::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Backspace && model_.isChanged(option_))
        model_.reset(option_);
    else
        QWidget::keyPressEvent(event);
}

void OptionRow::read() {
    editor_->read();
    const bool changed = model_.isChanged(option_);
    showBefore(changed ? std::optional(optionValueText(option_.get(model_.baseline()))) : std::nullopt);
    unit_->setText(unitText());
    const auto overridden = overrideOf(model_.config(), option_);
    unit_->setToolTip(overridden ? overridden->reason : QString());
    unit_->setProperty("good", running_ && changed && option_.takesEffect == TakesEffect::NextStep);
}

/// Does nothing if the value is the same: a change of one option updates all rows, and every label that is
/// set again causes a layout.
void OptionRow::showBefore(const std::optional<QString>& value) {
    if (value == shownBefore_)
        return;
    shownBefore_ = value;
    drawMark();
    before_->setVisible(value.has_value());
    if (!value)
        return;
    const QString text = value->isEmpty() ? tr("empty") : *value;
    before_->setCaption(text.size() <= 10 ? tr("was %1").arg(text) : tr("undo"));
    before_->setToolTip(plainToolTip(tr("Reset to %1").arg(text)));
    before_->setAccessibleName(tr("%1: reset to %2").arg(optionTitle(option_), text));
}

void OptionRow::drawMark() {
    mark_->setPixmap(shownBefore_ ? iconPixmap(QStringLiteral("changed"), theme_.palette().accent, em(0.75),
                                               devicePixelRatioF())
                                  : QPixmap());
}

/// Makes the label wide enough for every text of unitText().
void OptionRow::reserveUnit() {
    const QFontMetrics metrics(unit_->font());
    int width = em(4.4);
    for (const QString& text : {optionUnit(option_), tr("next step"), tr("on resume"), tr("new run")})
        width = std::max(width, metrics.horizontalAdvance(text));
    unit_->setMinimumWidth(width);
}

QString OptionRow::unitText() const {
    if (const auto overridden = overrideOf(model_.config(), option_))
        return overridden->label;
    if (!running_ || !model_.isChanged(option_))
        return optionUnit(option_);
    switch (option_.takesEffect) {
    case TakesEffect::NextStep:
        return tr("next step");
    case TakesEffect::NextStart:
        return tr("on resume");
    case TakesEffect::NewRun:
        break;
    }
    return tr("new run");
}

} // namespace headroom::ui
