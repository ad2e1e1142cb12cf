// Decides when a frame has to be drawn. Time is given in, so that tests need no waiting.
#ifndef SOFTMASK_VIEW_REPAINT_CLOCK_H_
#define SOFTMASK_VIEW_REPAINT_CLOCK_H_

namespace softmask::view {

// At rest nothing is drawn. wake() asks for a few frames (immediate-mode panels need more than one
// to settle), animate_until() for frames up to a time and the one that reaches it, so that the end
// of the motion is on the screen. Times are milliseconds of one clock that may misbehave: after a
// jump ahead the motion ends with the next frame, after a jump back it never runs for more than
// kLongestAnimationMs.
class RepaintClock {
 public:
  static constexpr int kSettleFrames = 3;
  static constexpr double kLongestAnimationMs = 5000;  // from any frame to the end

  // Input, a new state, size or theme: draw again.
  void wake();

  // Draw continuously until `end_ms`; an earlier end than the present one changes nothing. NaN is
  // ignored.
  void animate_until(double end_ms);

  // Whether to draw now.
  bool wants_frame(double now_ms) const;

  // A frame was drawn for time `now_ms`.
  void drawn(double now_ms);

  // Whether the panels have not settled since wake().
  bool settling() const { return settle_frames_ > 0; }

  // Nothing wanted: the next frame comes only after wake() or animate_until().
  bool at_rest() const;

  // Stop now (hidden tab, destroyed view).
  void rest();

 private:
  int settle_frames_ = kSettleFrames;  // a new clock wants its first frames
  bool animating_ = false;
  double end_ms_ = 0;
};

}  // namespace softmask::view

#endif  // SOFTMASK_VIEW_REPAINT_CLOCK_H_
