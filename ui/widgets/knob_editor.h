#pragma once

#include "core/config/knob.h"
#include "ui/models/stop_forecast.h"

#include <QWidget>

#include <memory>

namespace headroom::ui {

class ConfigModel;
class Theme;

/// What a value of one knob is changed with, as widgets for a row: a field beside the title and, for some
/// kinds, something below them. It writes into the model itself; the row makes it read. GUI thread.
class KnobEditor : public QObject {
    Q_OBJECT

public:
    /// The kind that fits the knob; belongs to `parent`, as do its widgets.
    static KnobEditor* create(ConfigModel& model, const Knob& knob, const Theme& theme, QWidget* parent);

    /// Shows what the model says.
    virtual void read() = 0;
    virtual QWidget* field() = 0;
    virtual QWidget* below() { return nullptr; }
    /// Whether the field has a line of its own below the title.
    virtual bool isWide() const { return false; }

    /// What forecasts say of knobCandidates(), each as far as known. @param fresh false: all but that of the
    /// present value are of a setting that has changed since, and are shown grey
    virtual void showForecasts(const StopForecasts&, bool /*fresh*/) {}

protected:
    KnobEditor(ConfigModel& model, const Knob& knob, QObject* parent)
        : QObject(parent), model_(model), knob_(knob) {}

    ConfigModel& model_;
    const Knob& knob_;
};

} // namespace headroom::ui
