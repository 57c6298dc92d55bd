// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QWidget>

#include <string>
#include <vector>

class QLabel;
class QMenu;
class QProgressBar;
class QPushButton;
class QSortFilterProxyModel;
class QTableView;
class QTableWidget;

namespace headroom::ui {

class ConfigModel;
class DatasetBridge;
class EmptyState;
class MessageBar;
class SongTable;

/// The songs of the configured data set, what the inspection found, and which songs are excluded from
/// training. GUI thread.
class DataPage : public QWidget {
    Q_OBJECT

public:
    /// @param bridge, config outlive this
    DataPage(DatasetBridge& bridge, ConfigModel& config, QWidget* parent = nullptr);
    ~DataPage() override;

    /// Inspects a folder or table and sets it as the data set of the configuration. If a run is open, the
    /// page only previews it until the user confirms, because the run would resume with another data set.
    void openDataset(const QString& path);
    /// Name of the run that the configuration belongs to; empty: none.
    void setRunName(const QString& name);
    /// Let the user choose a folder, or a table, for openDataset().
    void chooseFolder();
    void chooseTable();
    /// The menu with these choices, for buttons. Belongs to the page.
    QMenu* openMenu() { return openMenu_; }
    /// Shows or hides the button that plays a song.
    void setPlaybackAvailable(bool available);
    /// Shown if no data set is configured.
    EmptyState& emptyState() { return *empty_; }

Q_SIGNALS:
    /// @param song "train/name"
    void playRequested(const QString& dataset, const QString& song);

protected:
    void showEvent(QShowEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QWidget* makeHeader();
    QWidget* makePreviewBar();
    QString root() const;
    void setDataset(const QString& path);
    QWidget* makeSongs();
    QWidget* makeDetails();
    EmptyState* makeEmpty();
    void connectBridge();
    void inspect();
    bool isOutdated() const; ///< the data set or data.stems have changed since the last inspection
    int currentRow() const;  ///< of the songs model; -1: none
    void toggleCurrent();
    void playCurrent();
    void updateSummary();
    void updateDetails();
    void showFindings(const QString& text);

    ConfigModel& config_;
    DatasetBridge& bridge_;
    SongTable* songs_;
    QSortFilterProxyModel* sorted_;
    MessageBar* message_;
    QMenu* openMenu_;
    QWidget* body_ = nullptr;
    EmptyState* empty_ = nullptr;
    QTableView* view_ = nullptr;
    QLabel* summary_ = nullptr;
    QLabel* excluded_ = nullptr;
    QLabel* song_ = nullptr;
    QLabel* findings_ = nullptr;
    QTableWidget* files_ = nullptr;
    QProgressBar* progress_ = nullptr;
    QPushButton* rescan_ = nullptr;
    QPushButton* cancel_ = nullptr;
    QPushButton* use_ = nullptr;
    QPushButton* play_ = nullptr;
    QWidget* previewBar_ = nullptr;
    QLabel* previewText_ = nullptr;
    bool playbackAvailable_ = false;
    QString runName_;
    QString previewed_;     ///< the data set shown instead of the configured data set; empty: none
    QString inspectedRoot_; ///< of the shown or pending report; empty: none
    std::vector<std::string> inspectedStems_; ///< data.stems of that report
    bool refused_ = false;                    ///< the last inspection failed
};

} // namespace headroom::ui
