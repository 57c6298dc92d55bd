#pragma once

#include "core/config/option.h"
#include "core/view/stop_forecast.h"

#include <QWidget>

#include <memory>

namespace headroom::ui {

class ConfigModel;
class Theme;

/// What a value of one knob is changed with, as widgets for a row: a field beside the title and, for some
/// kinds, something below them. It writes into the model itself; the row makes it read. GUI thread.
class OptionEditor : public QObject {
    Q_OBJECT

public:
    /// The kind that fits the knob; belongs to `parent`, as do its widgets.
    static OptionEditor* create(ConfigModel& model, const Option& option, const Theme& theme,
                                QWidget* parent);

    /// Shows what the model says.
    virtual void read() = 0;
    virtual QWidget* field() = 0;
    virtual QWidget* below() { return nullptr; }
    /// Whether the field has a line of its own below the title.
    virtual bool isWide() const { return false; }

    /// What forecasts say of optionCandidates(), each as far as known. @param fresh false: all but that of
    /// the present value are of a setting that has changed since, and are shown grey
    virtual void showForecasts(const StopForecasts&, bool /*fresh*/) {}

protected:
    OptionEditor(ConfigModel& model, const Option& option, QObject* parent)
        : QObject(parent), model_(model), option_(option) {}

    ConfigModel& model_;
    const Option& option_;
};

} // namespace headroom::ui
