#include "ui/widgets/number_editor.h"

#include "ui/models/config_model.h"
#include "ui/models/knob_candidates.h"
#include "ui/models/knob_override.h"
#include "ui/models/knob_stops.h"
#include "ui/models/knob_text.h"
#include "ui/widgets/knob_slider.h"
#include "ui/widgets/number_box.h"

#include <QSignalBlocker>

#include <cmath>

namespace headroom::ui {
namespace {

double toNumber(const KnobValue& value) {
    const auto* whole = std::get_if<std::int64_t>(&value);
    return whole != nullptr ? static_cast<double>(*whole) : std::get<double>(value);
}

/// What the least value stands for, where it is no amount.
QString leastText(const Knob& knob) {
    return knob.key == "model.recompute_slices" ? NumberEditor::tr("auto") : QString();
}

} // namespace

NumberEditor::NumberEditor(ConfigModel& model, const Knob& knob, const Theme& theme, QWidget* parent)
    : KnobEditor(model, knob, parent),
      box_(new NumberBox(knob.min, knob.max, knob.type == KnobType::Integer, parent)) {
    box_->setSpecialValueText(leastText(knob));
    connect(box_, &NumberBox::valueChanged, this, &NumberEditor::write);
    if (knobStops(knob).empty())
        return;
    slider_ = new KnobSlider(theme, parent);
    connect(slider_, &QSlider::valueChanged, this,
            [this](int stop) { write(stops_[static_cast<std::size_t>(stop)]); });
    connect(slider_, &KnobSlider::dragBegan, &model, &ConfigModel::beginDrag);
    connect(slider_, &KnobSlider::dragEnded, &model, &ConfigModel::endDrag);
    connect(slider_, &KnobSlider::doubleClicked, this, [this] { model_.reset(knob_); });
}

QWidget* NumberEditor::field() {
    return box_;
}

QWidget* NumberEditor::below() {
    return slider_;
}

void NumberEditor::read() {
    setStops(currentStops(model_, knob_));
    const auto decided = overrideOf(model_.config(), knob_);
    const double number = toNumber(decided ? decided->value : knob_.get(model_.config()));
    box_->setEnabled(!decided);
    const QSignalBlocker quietBox(box_);
    if (box_->value() != number) // or else it writes the same text anew
        box_->setValue(number);
    if (slider_ == nullptr)
        return;
    const QSignalBlocker quietSlider(slider_);
    slider_->setEnabled(!decided);
    slider_->setValue(nearestStop(stops_, number));
}

void NumberEditor::setStops(std::vector<double> stops) {
    if (stops == stops_)
        return;
    stops_ = std::move(stops);
    box_->setStops(stops_);
    if (slider_ == nullptr)
        return;
    QStringList texts;
    for (const double stop : stops_)
        texts << (knobValueText(toValue(stop)) + QLatin1Char(' ') + knobUnit(knob_)).trimmed();
    if (const QString least = leastText(knob_); !least.isEmpty() && stops_.front() == knob_.min)
        texts.front() = least;
    const QSignalBlocker quiet(slider_);
    slider_->setStops(stops_, texts);
}

void NumberEditor::write(double number) {
    model_.set(knob_, toValue(number));
    // The model may have stopped elsewhere, and then says nothing where that is where it was.
    read();
}

KnobValue NumberEditor::toValue(double number) const {
    if (knob_.type == KnobType::Integer)
        return static_cast<std::int64_t>(std::llround(number));
    return number;
}

void NumberEditor::showForecasts(const StopForecasts& forecasts, bool fresh) {
    if (slider_ != nullptr)
        slider_->setZones(forecasts, fresh);
}

} // namespace headroom::ui
