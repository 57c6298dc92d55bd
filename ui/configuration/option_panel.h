#pragma once

#include "ui/configuration/option_groups.h"

#include <QWidget>

#include <vector>

class QLabel;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace headroom::ui {

class ConfigModel;
class OptionRow;
class PresetBox;
class Theme;

/// All settings: presets and search on top, every knob of the table in groups, what changed at the foot. GUI
/// thread.
class OptionPanel : public QWidget {
    Q_OBJECT

public:
    OptionPanel(ConfigModel& model, const Theme& theme, QWidget* parent = nullptr);

    const std::vector<OptionRow*>& rows() const { return rows_; }
    void setRunning(bool running);
    /// Room at the foot, above what changed: for an offer that goes with the settings.
    void addToFoot(QWidget* widget);

public Q_SLOTS:
    void focusSearch();
    void showCommandLine();

protected:
    /// Escape in the search ends it, and undo is the setting's where nothing is searched for.
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    /// A group as widgets, and which of its rows are shown only on demand.
    struct Section {
        QWidget* header;
        QPushButton* toggle; ///< null where the group has no further knobs
        std::vector<OptionRow*> main;
        std::vector<OptionRow*> more;
        QWidget* box = nullptr; ///< around those of its main rows that are held together
    };

    QWidget* makeTop();
    QWidget* makeList();
    QWidget* makeFoot();
    void addSection(QVBoxLayout& list, const OptionGroup& group);
    void addMainRows(QVBoxLayout& list, Section& section);
    OptionRow* makeRow(const Option& option);
    void arrange();
    void readChanges();

    ConfigModel& model_;
    const Theme& theme_;
    QLineEdit* search_;
    QVBoxLayout* foot_ = nullptr;
    QLabel* changes_;
    QLabel* nothing_; ///< shown where a search finds none
    std::vector<Section> sections_;
    std::vector<OptionRow*> rows_;
};

} // namespace headroom::ui
