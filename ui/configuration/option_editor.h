// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/option.h"
#include "core/view/stop_forecast.h"

#include <QWidget>

#include <memory>

namespace headroom::ui {

class ConfigModel;
class Theme;

/// Edits the value of one option. Provides the widgets of its row: a field beside the title and, for some
/// types, a widget below. Writes to the model itself; the row calls read() when the model has changed. GUI
/// thread.
class OptionEditor : public QObject {
    Q_OBJECT

public:
    /// Creates the editor for the type of the option. `parent` owns the editor and its widgets.
    static OptionEditor* create(ConfigModel& model, const Option& option, const Theme& theme,
                                QWidget* parent);

    /// Shows the value of the model.
    virtual void read() = 0;
    virtual QWidget* field() = 0;
    virtual QWidget* below() { return nullptr; }
    /// Whether the field needs its own line below the title.
    virtual bool isWide() const { return false; }

    /// Shows the forecasts of optionCandidates(), as far as they are known. @param fresh false: the
    /// configuration has changed since; all forecasts except that of the current value are outdated and shown
    /// in gray
    virtual void showForecasts(const StopForecasts&, bool /*fresh*/) {}

protected:
    OptionEditor(ConfigModel& model, const Option& option, QObject* parent)
        : QObject(parent), model_(model), option_(option) {}

    ConfigModel& model_;
    const Option& option_;
};

} // namespace headroom::ui
