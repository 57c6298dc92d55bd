// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/session/run_store.h"
#include "core/view/run_history.h"

#include <QTimer>
#include <QWidget>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

class QLabel;
class QPushButton;
class QSortFilterProxyModel;
class QSplitter;
class QTableView;

namespace headroom::ui {

class EmptyState;
class OverlayPlot;
class RunArchive;
class RunModel;
class RunsTable;
class ConfigurationTable;
class Theme;

/// The Runs page: a table of the runs in all known folders, the curves of the checked runs overlaid, and the
/// options in which they differ. While visible, it follows runs in progress. GUI thread.
class RunsPage : public QWidget {
    Q_OBJECT

public:
    /// @param archive, run, theme outlive this
    RunsPage(RunArchive& archive, RunModel& run, Theme& theme, QWidget* parent = nullptr);
    ~RunsPage() override;

    /// Adds a folder to search for runs; stored in the preferences.
    void addFolder(const QString& folder);
    /// Lists the runs again.
    void refresh();
    /// Shows or hides the button that exports weights.
    void setExportAvailable(bool available);
    /// The placeholder that is shown while there are no runs.
    EmptyState& emptyState() { return *empty_; }

Q_SIGNALS:
    /// The user requested to open a run.
    void openRequested(const QString& folder);
    /// The user requested to export the weights of a run.
    void exportRequested(const QString& folder);

protected:
    void showEvent(QShowEvent* event) override;

private:
    QWidget* makeHeader();
    QWidget* makeTable();
    QWidget* makeOverlay();
    QWidget* makeDifferences();
    EmptyState* makeEmpty();
    void chooseFolder();
    void readMore(const std::string& folder);
    void updateCount();
    const RunSummary* current() const;
    void onListed(const std::vector<RunSummary>& runs);
    void tickNewest();
    void onPiece(const RunPiece& piece);
    void compare();
    void openCurrent();
    void updateButtons();

    RunArchive& archive_;
    RunModel& run_;
    RunsTable* runs_;
    QSortFilterProxyModel* sorted_;
    ConfigurationTable* differences_;
    OverlayPlot* overlay_;
    QTableView* view_ = nullptr;
    QLabel* count_ = nullptr;
    QLabel* differencesTitle_ = nullptr;
    QPushButton* open_ = nullptr;
    QPushButton* reveal_ = nullptr;
    QPushButton* export_ = nullptr;
    QSplitter* content_ = nullptr;
    EmptyState* empty_ = nullptr;
    QTimer refreshTimer_; ///< between two listings while the page is visible
    bool listed_ = false; ///< onListed() was called before

    /// The journal of a run, as far as it was read.
    struct Curve {
        RunHistory history;
        std::uint64_t end = 0;     ///< bytes read
        std::uint64_t drawn = 0;   ///< `end` at the last redraw
        std::uint64_t reading = 0; ///< number of the read in progress; 0: none
    };
    std::map<std::string, Curve> curves_; ///< of all runs that were ever checked, by folder
};

} // namespace headroom::ui
