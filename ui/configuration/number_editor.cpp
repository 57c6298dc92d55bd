// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/configuration/number_editor.h"

#include "core/view/option_stops.h"
#include "ui/configuration/config_model.h"
#include "ui/configuration/option_candidates.h"
#include "ui/configuration/option_override.h"
#include "ui/configuration/option_slider.h"
#include "ui/configuration/option_text.h"
#include "ui/widgets/number_box.h"

#include <QSignalBlocker>

#include <cmath>

namespace headroom::ui {
namespace {

double toNumber(const OptionValue& value) {
    const auto* whole = std::get_if<std::int64_t>(&value);
    return whole != nullptr ? static_cast<double>(*whole) : std::get<double>(value);
}

/// Text of the minimum if it has a special meaning; otherwise empty.
QString minimumText(const Option& option) {
    return option.key == "model.recompute_slices" ? NumberEditor::tr("auto") : QString();
}

} // namespace

NumberEditor::NumberEditor(ConfigModel& model, const Option& option, const Theme& theme, QWidget* parent)
    : OptionEditor(model, option, parent),
      box_(new NumberBox(option.min, option.max, option.type == OptionType::Integer, parent)) {
    box_->setSpecialValueText(minimumText(option));
    connect(box_, &NumberBox::valueChanged, this, &NumberEditor::write);
    if (optionStops(option).empty())
        return;
    slider_ = new OptionSlider(theme, parent);
    connect(slider_, &QSlider::valueChanged, this,
            [this](int stop) { write(stops_[static_cast<std::size_t>(stop)]); });
    connect(slider_, &OptionSlider::dragBegan, &model, &ConfigModel::beginDrag);
    connect(slider_, &OptionSlider::dragEnded, &model, &ConfigModel::endDrag);
    connect(slider_, &OptionSlider::doubleClicked, this, [this] { model_.reset(option_); });
}

QWidget* NumberEditor::field() {
    return box_;
}

QWidget* NumberEditor::below() {
    return slider_;
}

void NumberEditor::read() {
    setStops(currentStops(model_, option_));
    const auto overridden = overrideOf(model_.config(), option_);
    const double number = toNumber(overridden ? overridden->value : option_.get(model_.config()));
    box_->setEnabled(!overridden);
    const QSignalBlocker boxBlocker(box_);
    if (box_->value() != number) // setValue() would reset the text even if the value is the same
        box_->setValue(number);
    if (slider_ == nullptr)
        return;
    const QSignalBlocker sliderBlocker(slider_);
    slider_->setEnabled(!overridden);
    slider_->showNumber(number, textOf(number));
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
        texts << textOf(stop);
    if (const QString text = minimumText(option_); !text.isEmpty() && stops_.front() == option_.min)
        texts.front() = text;
    const QSignalBlocker blocker(slider_);
    slider_->setStops(stops_, texts);
}

void NumberEditor::write(double number) {
    model_.set(option_, toValue(number));
    read(); // the model may have snapped to its old value and then emits nothing
}

/// "1.5 s"
QString NumberEditor::textOf(double number) const {
    return (optionValueText(toValue(number)) + QLatin1Char(' ') + optionUnit(option_)).trimmed();
}

OptionValue NumberEditor::toValue(double number) const {
    if (option_.type == OptionType::Integer)
        return static_cast<std::int64_t>(std::llround(number));
    return number;
}

void NumberEditor::showForecasts(const StopForecasts& forecasts, bool fresh) {
    if (slider_ != nullptr)
        slider_->setZones(forecasts, fresh);
}

} // namespace headroom::ui
