// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

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
class EffectiveBatchBox;
class OptionRow;
class Theme;

/// The configuration panel: presets and search at the top, all options in groups, a summary of the changes at
/// the bottom. GUI thread.
class OptionPanel : public QWidget {
    Q_OBJECT

public:
    OptionPanel(ConfigModel& model, const Theme& theme, QWidget* parent = nullptr);

    const std::vector<OptionRow*>& rows() const { return rows_; }
    /// @param running a run is in progress, see OptionRow::setRunning()
    void setRunning(bool running);
    /// Ranks of the run, for the effective batch and the command line.
    void setRanks(int ranks);

public Q_SLOTS:
    void focusSearch();
    void showCommandLine();

protected:
    /// Of the search field: Escape clears it, and undo is the window's while it is empty.
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    /// The widgets of a group.
    struct Section {
        QWidget* header;
        QPushButton* toggle; ///< shows `more`; null if that is empty
        std::vector<OptionRow*> main;
        std::vector<OptionRow*> more;
        EffectiveBatchBox* box = nullptr; ///< around the rows of the effective batch; null in other groups
    };

    QWidget* makeTop();
    QWidget* makeList();
    QWidget* makeFoot();
    void addSection(QVBoxLayout& list, const OptionGroup& group);
    void addMainRows(QVBoxLayout& list, Section& section);
    OptionRow* makeRow(const Option& option);
    void updateVisibility();
    void readChanges();
    void readKind();

    ConfigModel& model_;
    const Theme& theme_;
    QLineEdit* search_;
    QLabel* changes_;
    QLabel* nothing_; ///< shown if a search finds nothing
    std::vector<Section> sections_;
    std::vector<OptionRow*> rows_;
    ModelKind kind_ = ModelKind::BsMamba2; ///< whose options are shown
    int ranks_ = 1;
};

} // namespace headroom::ui
