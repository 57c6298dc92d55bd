#include "ui/widgets/number_editor.h"

#include "ui/models/config_model.h"
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

} // namespace

NumberEditor::NumberEditor(ConfigModel& model, const Knob& knob, const Theme& theme, QWidget* parent)
    : KnobEditor(model, knob, parent), ownStops_(knobStops(knob)),
      box_(new NumberBox(knob.min, knob.max, knob.type == KnobType::Integer, parent)) {
    connect(box_, &NumberBox::valueChanged, this, &NumberEditor::write);
    if (ownStops_.empty())
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
    const std::vector<int> held = model_.heldValues(knob_);
    setStops(held.empty() ? ownStops_ : std::vector<double>(held.begin(), held.end()));
    const double number = toNumber(knob_.get(model_.config()));
    const QSignalBlocker quietBox(box_);
    if (box_->value() != number) // or else it writes the same text anew
        box_->setValue(number);
    if (slider_ == nullptr)
        return;
    const QSignalBlocker quietSlider(slider_);
    slider_->setValue(nearestStop(stops_, number));
}

void NumberEditor::setStops(std::vector<double> stops) {
    if (stops == stops_)
        return;
    stops_ = std::move(stops);
    box_->setStops(stops_);
    if (slider_ == nullptr)
        return;
    const QSignalBlocker quiet(slider_);
    slider_->setZones({});
    slider_->setRange(0, static_cast<int>(stops_.size()) - 1);
    QStringList texts;
    for (const double stop : stops_)
        texts << knobValueText(toValue(stop)) + QLatin1Char(' ') + knobUnit(knob_);
    slider_->setStopTexts(texts);
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

void NumberEditor::showForecasts(const StopForecasts& forecasts) {
    if (slider_ != nullptr)
        slider_->setZones(forecasts);
}

} // namespace headroom::ui
