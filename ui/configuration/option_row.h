// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/option.h"

#include <QWidget>

#include <optional>

class QLabel;

namespace headroom::ui {

class ConfigModel;
class OptionEditor;
class Theme;
class ResetButton;

/// The row of an option in the configuration panel: mark and old value if it was changed, title, editor,
/// unit. Backspace resets it. GUI thread.
class OptionRow : public QWidget {
    Q_OBJECT

public:
    OptionRow(ConfigModel& model, const Option& option, const Theme& theme, QWidget* parent = nullptr);

    const Option& option() const { return option_; }
    OptionEditor& editor() { return *editor_; }
    /// Whether title, key or description contain the text, ignoring case.
    bool matches(const QString& text) const;
    /// While a run is in progress, a changed option shows when the change takes effect.
    void setRunning(bool running);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void build();
    void read();
    void showBefore(const std::optional<QString>& value);
    void drawMark();
    void reserveUnit();
    QString unitText() const;

    ConfigModel& model_;
    const Option& option_;
    const Theme& theme_;
    QLabel* mark_;
    QLabel* title_;
    ResetButton* before_;
    QLabel* unit_;
    OptionEditor* editor_;
    bool running_ = false;
    std::optional<QString> shownBefore_; ///< the old value that is shown; absent: not changed
};

} // namespace headroom::ui
