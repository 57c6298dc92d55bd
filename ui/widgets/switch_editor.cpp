#include "ui/widgets/switch_editor.h"

#include "ui/models/config_model.h"
#include "ui/models/memory_text.h"
#include "ui/theme/restyle.h"

#include <QCheckBox>

namespace headroom::ui {

SwitchEditor::SwitchEditor(ConfigModel& model, const Knob& knob, QWidget* parent)
    : KnobEditor(model, knob, parent), box_(new QCheckBox(parent)) {
    box_->setLayoutDirection(Qt::RightToLeft);
    if (knob.affects.memory) { // room for the longest, so that the row keeps its width
        box_->ensurePolished();
        box_->setText(tr("off: %1").arg(longestBytesText()));
        box_->setMinimumWidth(box_->sizeHint().width());
        box_->setText({});
    }
    connect(box_, &QCheckBox::clicked, this, [this](bool on) { model_.set(knob_, on); });
}

QWidget* SwitchEditor::field() {
    return box_;
}

void SwitchEditor::read() {
    const bool on = std::get<bool>(knob_.get(model_.config()));
    box_->setChecked(on);
    const std::size_t other = on ? 0 : 1;
    setLook(*box_, "stale", !fresh_);
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
