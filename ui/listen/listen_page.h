// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/listen/listen_model.h"
#include "ui/listen/player.h"
#include "ui/listen/time_axis.h"

#include <QWidget>

class QComboBox;
class QLabel;

namespace headroom::ui {

class EmptyState;
class LaneList;
class ListenBridge;
class MessageBar;
class SdrRow;
class SourceMenu;
class StemExport;
class Theme;
class TransportBar;

/// Shows and plays a song in lanes and compares two sources of its stems. Keys: Space or P play and pause; L
/// toggles the loop; I and O (or [ and ]) set its start and end; Home, End, Left and Right move the play
/// head; A, B and X select a source; 1 to 9 solo a lane; Up and Down select the current lane, on which S
/// toggles solo, Shift+S exclusive solo, M mute, + and - change the gain by 1 dB; W loops the worst second; T
/// opens a table; Shift+Up and Shift+Down magnify the waveforms; Ctrl+Up and Ctrl+Down move the frequency
/// cursor; Ctrl+0 shows everything, Ctrl++ and Ctrl+- zoom, Escape clears the selection. GUI thread.
class ListenPage : public QWidget {
    Q_OBJECT

public:
    ListenPage(ListenBridge& bridge, const Theme& theme, QWidget* parent = nullptr);
    ~ListenPage() override;

    ListenModel& model() { return model_; }
    Player& player() { return player_; }
    TimeAxis& axis() { return axis_; }
    /// Shown while no song is open.
    EmptyState& emptyState() { return *empty_; }

    /// Lists the songs of a data set, and opens the first one if no song is open.
    void setDataset(const QString& folder, const RunConfig& config);
    /// Adds a run whose checkpoints can be chosen as sources.
    void addRun(const QString& folder);
    /// Sets the checkpoint nearest to a step as source A and plays it. The previous A becomes B if B is
    /// empty.
    void listenTo(const QString& runFolder, qint64 step);
    /// The same with the best checkpoint of a run, or else the newest. Ignored if it has none.
    void listenToBest(const QString& runFolder);
    void openFile(const QString& path);
    /// Opens a song of the data set, once that is listed, and plays it. @param title "train/name"
    void playSong(const QString& title);
    void loadWeights(const QString& file);
    /// Let the user choose a file for openFile() or loadWeights().
    void chooseFile();
    void chooseWeights();
    /// Opens the next listed song.
    void openNext();

    /// Title of the open song; empty if none is open.
    QString openTitle() const;
    /// Playback continues while another page is shown.
    void togglePlay();
    /// Stops and returns to the start of the loop or the song.
    void stop();

Q_SIGNALS:
    /// Playback started or stopped, or another song was opened.
    void playbackChanged();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    QWidget* buildPanel();
    QWidget* buildSong();
    QWidget* buildLanes(const Theme& theme);
    void connectModel();
    void orderTabs();
    void listenAsA(const ListenSource& source);
    void listSongs();
    void showOpenSong();
    void showNotices();
    void openAt(int index);
    bool openPendingSong();
    void showError(const Error& error);
    void onMoved();
    void notifyPlayback();

    enum class LoopPoint { Begin, End };

    void seek(std::int64_t frame);
    void applyLoop();
    void setLoopPoint(LoopPoint point);
    void loopWorst();
    bool handleLaneKey(int key, Qt::KeyboardModifiers modifiers);
    bool handleViewKey(int key, Qt::KeyboardModifiers modifiers);

    ListenBridge& bridge_;
    Player player_;
    ListenModel model_;
    TimeAxis axis_;
    QString pendingSong_;         ///< title of the song to open once listed; empty: none
    bool wasPlaying_ = false;     ///< at the last playbackChanged()
    bool playWhenLoaded_ = false; ///< start playback once the song is decoded
    int lastRequested_ = -1;      ///< index of the last requested song, from which "Next song" continues
    SourceMenu* menu_;
    MessageBar* message_;
    QComboBox* songs_;
    QLabel* notice_ = nullptr; ///< about the files of the open song
    QWidget* next_;
    QWidget* panel_;
    LaneList* lanes_;
    SdrRow* sdr_;
    TransportBar* transport_;
    StemExport* export_;
    EmptyState* empty_;
};

} // namespace headroom::ui
