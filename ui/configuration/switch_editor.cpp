// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/configuration/switch_editor.h"

#include "ui/configuration/config_model.h"
#include "ui/text/memory_text.h"
#include "ui/theme/restyle.h"

#include <QCheckBox>

namespace headroom::ui {

SwitchEditor::SwitchEditor(ConfigModel& model, const Option& option, QWidget* parent)
    : OptionEditor(model, option, parent), box_(new QCheckBox(parent)) {
    box_->setLayoutDirection(Qt::RightToLeft);
    if (option.affects.memory) { // reserves width for the longest text, so that the row keeps its width
        box_->ensurePolished();
        box_->setText(tr("off: %1").arg(longestBytesText()));
        box_->setMinimumWidth(box_->sizeHint().width());
        box_->setText({});
    }
    connect(box_, &QCheckBox::clicked, this, [this](bool on) { model_.set(option_, on); });
}

QWidget* SwitchEditor::field() {
    return box_;
}

void SwitchEditor::read() {
    const bool on = std::get<bool>(option_.get(model_.config()));
    box_->setChecked(on);
    const std::size_t other = on ? 0 : 1;
    setStyleProperty(*box_, "stale", !fresh_);
    if (other >= forecasts_.size() || !forecasts_[other] || !forecasts_[other]->bytes)
        return box_->setText({});
    const QString size = bytesText(*forecasts_[other]->bytes);
    box_->setText(on ? tr("off: %1").arg(size) : tr("on: %1").arg(size));
}

void SwitchEditor::showForecasts(const StopForecasts& forecasts, bool fresh) {
    forecasts_ = forecasts;
    fresh_ = fresh;
    read();
}

} // namespace headroom::ui
