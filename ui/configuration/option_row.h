#pragma once

#include "core/config/option.h"

#include <QWidget>

#include <optional>

class QLabel;

namespace headroom::ui {

class ConfigModel;
class OptionEditor;
class Theme;
class WayBackButton;

/// One knob in the settings: title, mark and old value where it was changed, editor, unit. Backspace takes
/// the change back. GUI thread.
class OptionRow : public QWidget {
    Q_OBJECT

public:
    OptionRow(ConfigModel& model, const Option& option, const Theme& theme, QWidget* parent = nullptr);

    const Option& option() const { return option_; }
    OptionEditor& editor() { return *editor_; }
    /// Whether the title, the key or the description contain the text, in any case of letters.
    bool matches(const QString& text) const;
    /// While a run is under way a changed knob says when the change takes effect.
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
    WayBackButton* before_;
    QLabel* unit_;
    OptionEditor* editor_;
    bool running_ = false;
    std::optional<QString> shownBefore_; ///< the value before the change that is shown; absent: no change
};

} // namespace headroom::ui
